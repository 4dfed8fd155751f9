"""`grade doctor`: what this machine can protect against, and what it can't."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import click

from autograd_grader.cli.course_option import course_option

if TYPE_CHECKING:
    from autograd_grader.observe.host.layers import ExaminedLayer


@click.command(short_help="What this machine can protect against.")
@click.option("--json", "as_json", is_flag=True, help="Print every trial as JSON.")
@course_option
def doctor(*, as_json: bool, course: str | None) -> int:
    """Try each layer of the sandbox on this machine, and say what to do about one that does not hold.

    A child that is confined as for student code attempts each forbidden thing, and must be refused.
    """
    from autograd_grader.course import installed_course_folders, open_course
    from autograd_grader.observe.host.worker import Worker

    with Worker(hidden=installed_course_folders()) as worker:
        from autograd_grader.observe.host.layers import examine

        layers = examine(worker, sorted(open_course(course).graders.rglob("*.py"))[:_FORBIDDEN_FILES])
    if as_json:
        click.echo(json.dumps({"layers": [layer.model_dump() for layer in layers]}, indent=2))
        return 0
    for layer in layers:
        for line in _lines(layer):
            click.echo(line)
    for line in _interpreter():
        click.echo(line)
    return 0


_FORBIDDEN_FILES = 8
"""Graders and answers that the child tries to read."""


def _interpreter() -> list[str]:
    """What keeps a submission's modules out of this process, and what it can't keep out."""
    lines = [f"{'The grader itself':36} imports nothing of the working folder or of what is graded"]
    if "PYTHONPATH" in os.environ:
        lines += [
            "    PYTHONPATH is set: a sitecustomize.py in a folder of it runs before any program can refuse that",
            "    where students can write there, run `python -I -m autograd_grader`, or `env -u PYTHONPATH grade`",
        ]
    return lines


def _lines(layer: ExaminedLayer) -> list[str]:
    refused = sum(trial.refused for trial in layer.trials)
    unused = not layer.required and not layer.trials
    mark = "holds" if layer.holds else "not used" if unused else "MISSING"
    tried = f" ({refused} of {len(layer.trials)} attempts refused)" if layer.trials else ""
    lines = [f"{layer.title:36} {mark}{tried}"]
    lines += [f"    a child could {trial.what}" for trial in layer.trials if not trial.refused]
    lines += [f"    {words}" for words in (layer.reason, layer.advice) if words]
    return lines
