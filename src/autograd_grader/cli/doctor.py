"""`grade doctor`: what this machine can protect against, and what it can't."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from autograd_grader.cli.course_option import course_option

if TYPE_CHECKING:
    from autograd_grader.observe.host.layers import Layer


@click.command(short_help="What this machine can protect against.")
@click.option("--json", "as_json", is_flag=True, help="Print every trial as JSON.")
@course_option
def doctor(*, as_json: bool, course: str | None) -> int:
    """Try each layer of the sandbox on this machine, and say what to do about one that does not hold.

    A child that is locked in as for student code attempts each forbidden thing, and must be refused.
    """
    from autograd_grader.observe.host.worker import Worker

    with Worker() as process:
        from autograd_grader.course import open_course
        from autograd_grader.observe.host.layers import examine

        layers = examine(process, sorted(open_course(course).graders.rglob("*.py"))[:_SECRETS])
    if as_json:
        click.echo(json.dumps({"layers": [layer.model_dump() for layer in layers]}, indent=2))
        return 0
    for layer in layers:
        for line in _lines(layer):
            click.echo(line)
    return 0


_SECRETS = 8
"""Graders and answers that the child tries to read."""


def _lines(layer: Layer) -> list[str]:
    refused = sum(trial.refused for trial in layer.trials)
    # Only the fourth can be done without: where it is not had, nothing is amiss.
    mark = "holds" if layer.holds else "not used" if layer.number == 4 and not layer.trials else "MISSING"
    tried = f" ({refused} of {len(layer.trials)} attempts refused)" if layer.trials else ""
    lines = [f"{layer.number}  {layer.title:36} {mark}{tried}"]
    lines += [f"     a child could {trial.what}" for trial in layer.trials if not trial.refused]
    lines += [f"     {words}" for words in (layer.reason, layer.advice) if words]
    return lines
