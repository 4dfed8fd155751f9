"""How a course is named on the command line: by the folder it lies in, or by the name it is installed under."""

from __future__ import annotations

import click


def _not_empty(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Refuse an empty name, from a shell variable that is not set: it would mean the current folder."""
    if value is not None and not value.strip():
        message = "it is empty; name the folder of a course, or an installed one"
        raise click.BadParameter(message)
    return value


course_option = click.option(
    "--course",
    metavar="COURSE",
    callback=_not_empty,
    help="The folder of a course, or the name of an installed one; by default the course of this program.",
)
"""Adds `--course`, whose value is what `open_course` takes: a `str`, or None where it is not given."""

course_argument = click.argument("known", metavar="[COURSE]", required=False, callback=_not_empty)
"""The same as an argument, `known`, for commands that are about a course."""
