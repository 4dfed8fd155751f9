"""The commands for those who write a course: prove its graders, and list the diagnoses."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograd_grader.cli.paths import PATH

if TYPE_CHECKING:
    from rich.console import Console

    from autograd_grader.prove.proof import Proof

_CALL_SECONDS = 5.0
"""Known answers are short: one that is to hang is given up sooner than a stranger's."""


@click.group(short_help="For those who write a course: prove its graders.")
def course() -> None:
    """Check a course, and list the diagnoses it can make."""


@course.command()
@click.argument("folder", required=False, type=PATH)
def check(folder: Path | None) -> int:
    """Prove the graders of the course in FOLDER (by default the one that this program comes with).

    Grades the stubs, which must earn nothing, every answer in graders/answers, right and wrong, and mutants of the
    reference answers. Exits 0 when the graders tell them all apart, 1 when they do not.
    """
    from autograd_grader.observe.host.worker import Worker

    with ExitStack() as stack:
        processes = [stack.enter_context(Worker())]
        processes += [stack.enter_context(processes[0].another()) for _ in range((os.cpu_count() or 1) - 1)]
        from rich.console import Console

        from autograd_grader.course import Course, default_course
        from autograd_grader.errors import CourseError
        from autograd_grader.observe.observer import Limits
        from autograd_grader.prove.proof import prove
        from autograd_grader.prove.run import observing

        try:
            known = Course(folder) if folder else default_course()
            proof = prove(known, observing(processes, Limits(call=_CALL_SECONDS)))
        except CourseError as error:
            click.echo(f"not sound: {error}")
            return 1
    _show(proof, Console())
    return 1 if proof.problems else 0


@course.command()
def diagnoses() -> None:
    """Print every diagnosis with its words, as a page of Markdown."""
    from autograd_grader.prove.docs import diagnosis_table

    click.echo(diagnosis_table(), nl=False)


def _show(proof: Proof, console: Console) -> None:
    from rich.markup import escape
    from rich.table import Table

    named = Table("diagnosis", "wrong answers", "caught", "named first", title="Known wrong answers")
    for slug, tally in proof.slugs.items():
        named.add_row(slug, str(tally.answers), str(tally.caught), str(tally.named))
    killed = Table(
        "exercise", "right answers", "mutants", "killed", "equivalent", "survived", title="Proof by exercise"
    )
    for exercise, mutation in proof.mutations.items():
        counts = (mutation.mutants, mutation.killed, mutation.equivalent, mutation.survived)
        killed.add_row(exercise, str(proof.right[exercise]), *map(str, counts))
    console.print(named, killed)
    for problem in proof.problems:
        console.print(escape(problem), soft_wrap=True)
    sound = "The graders are sound." if not proof.problems else f"{len(proof.problems)} things to mend."
    console.print(sound)
