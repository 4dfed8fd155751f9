"""`grade init`: the exercises, ready to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from autograd_grader.cli.course_option import course_option
from autograd_grader.cli.paths import PATH


@click.command(short_help="Get the exercises to fill in.")
@click.argument("folder", metavar="[DIR]", required=False, type=PATH, default=Path())
@course_option
def init(folder: Path, course: str | None) -> None:
    """Put the exercises into DIR (by default the current folder), ready to fill in; no file is overwritten."""
    from autograd_grader.cli.where import copy_stubs
    from autograd_grader.course import open_course

    for words in copy_stubs(open_course(course), folder):
        click.echo(words)
