"""The commands for those who write a course: begin one, prove its graders, and list the diagnoses."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograd_grader.cli.course_option import course_argument, course_option
from autograd_grader.cli.paths import PATH
from autograd_grader.cli.workers import observers_of, start_workers

if TYPE_CHECKING:
    from rich.console import Console

    from autograd_grader.prove.proof import Proof

_CALL_SECONDS = 5.0
"""Known answers are short: one that is to hang is given up sooner than a stranger's."""


@click.group(short_help="For those who write a course: begin one, prove its graders.")
def course() -> None:
    """Begin a course, check it, and list the diagnoses it can make."""


@course.command()
@click.argument("folder", metavar="DIR", type=PATH)
def new(folder: Path) -> None:
    """Write a small course into DIR, to be changed into your own; no file is overwritten.

    It has an exercise of numbers alone, one with autograd, a text for a person to mark, a rule, and right and wrong
    answers. `grade course check DIR` proves it as it is.
    """
    from autograd_grader.cli.where import copy_new
    from autograd_grader.course.new import skeleton_files

    for words in copy_new(skeleton_files(), folder):
        click.echo(words)
    click.echo(f"Change what you like, then run `grade course check {folder}`; {folder / 'README.md'} says more.")


@course.command()
@course_argument
def check(known: str | None) -> int:
    """Prove the graders of COURSE, a folder or an installed course (by default the one of this program).

    Grades the stubs, which must earn nothing, every answer in graders/answers, right and wrong, and mutants of the
    reference answers. Exits 0 when the graders tell them all apart, 1 when they do not.
    """
    with ExitStack() as stack:
        workers = start_workers(stack, os.cpu_count() or 1)
        from rich.console import Console

        from autograd_grader.course import open_course
        from autograd_grader.errors import CourseError
        from autograd_grader.prove.proof import prove
        from autograd_grader.prove.run import observing

        try:
            proof = prove(open_course(known), observing(observers_of(stack, workers, _CALL_SECONDS)))
        except CourseError as error:
            click.echo(f"not sound: {error}")
            return 1
    _show(proof, Console())
    return 1 if proof.problems else 0


@course.command()
@course_argument
@course_option
def diagnoses(known: str | None, course: str | None) -> None:
    """Print every diagnosis that COURSE can make with its words, as a page of Markdown."""
    from autograd_grader.course import open_course
    from autograd_grader.prove.docs import diagnosis_page

    if known and course:
        message = "the course is named twice; leave one out"
        raise click.UsageError(message)
    click.echo(diagnosis_page(open_course(known or course)), nl=False)


def _show(proof: Proof, console: Console) -> None:
    from rich.markup import escape
    from rich.table import Table

    named = Table("diagnosis", "wrong answers", "caught", "named first", title="Known wrong answers")
    for slug, tally in proof.slugs.items():
        if tally.answers:
            named.add_row(slug, str(tally.answers), str(tally.caught), str(tally.named))
    killed = Table(
        "exercise", "right answers", "mutants", "killed", "equivalent", "survived", title="Proof by exercise"
    )
    for exercise, mutation in proof.mutations.items():
        counts = (mutation.mutants, mutation.killed, mutation.equivalent, mutation.survived)
        killed.add_row(exercise, str(proof.right[exercise]), *map(str, counts))
    console.print(named, killed)
    untried = ", ".join(slug for slug, tally in proof.slugs.items() if not tally.answers)
    if untried:
        console.print(f"No wrong answer is named after: {untried}.")
    for problem in proof.problems:
        console.print(escape(problem), soft_wrap=True)
    sound = "The graders are sound." if not proof.problems else f"{len(proof.problems)} things to mend."
    console.print(sound)
