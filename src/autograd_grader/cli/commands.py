"""The commands that `grade` offers, each a short list of the stages it goes through."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import click

from autograd_grader import __version__
from autograd_grader.cli.course import course
from autograd_grader.cli.doctor import doctor
from autograd_grader.cli.paths import PATH
from autograd_grader.cli.regrade import regrade

DEFAULT = "grade"
"""The command that is meant where none is named; a folder of this name is graded, as any other is."""

_LONGEST = 3600.0
_Command = TypeVar("_Command", bound=Callable[..., object])


class _Grade(click.Group):
    """A group whose first argument may be what to grade instead of a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args and args[0] in {*self.list_commands(ctx), "--version"}
        if not named:
            args = ["--help"] if "--help" in args else [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in super().list_commands(ctx) if name != DEFAULT]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        formatter.write_usage("grade", "[PATH] [--out DIR] [--timeout SECONDS] [--sandbox strict|basic]")
        formatter.write_usage("grade", "COMMAND [ARGUMENTS]", prefix="       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        parameters = (*self.commands[DEFAULT].params, *self.get_params(ctx))
        with formatter.section("Options"):
            formatter.write_dl([record for each in parameters if (record := each.get_help_record(ctx))])
        self.format_commands(ctx, formatter)


def _seconds(_ctx: click.Context, _parameter: click.Parameter, value: float) -> float:
    if not (math.isfinite(value) and 0 < value <= _LONGEST):
        message = f"a time-out is a number of seconds above 0 and up to {_LONGEST:g}"
        raise click.BadParameter(message)
    return value


_timeout = click.option(
    "--timeout",
    metavar="SECONDS",
    type=float,
    default=10.0,
    show_default=True,
    callback=_seconds,
    help="How long one call of a function may take.",
)


def _sandbox(default: str) -> Callable[[_Command], _Command]:
    return click.option(
        "--sandbox",
        type=click.Choice(["strict", "basic"]),
        default=default,
        show_default=True,
        help="strict: refuse to start where a layer of the sandbox is missing; basic: use what there is.",
    )


@click.group(cls=_Grade)
@click.version_option(__version__, message="autograd-grader %(version)s")
def grade() -> None:
    """Grade PyTorch autograd exercises.

    Without a command: grade your own work, a folder, .py, .ipynb or .zip (by default the current folder, or its
    exercises/), say what to mend first, and write a report into reports/.

    \b
    Examples:
      grade init                                   get the exercises to fill in
      grade                                        grade what you have filled in
      grade notebook.ipynb                         grade a notebook
      grade batch submissions/ --out reports/      grade a whole class

    \b
    Exit codes: 0 every automatic point earned (batch: all were graded),
    1 points are missing, 2 the command was misused, 3 the grader failed.

    `grade COMMAND --help` tells more. A folder named like a command is graded as ./init.
    """  # noqa: D301 - click looks for the very character, which keeps the lines below as they are


@grade.command(DEFAULT, add_help_option=False)
@click.argument("path", required=False, type=PATH)
@click.option(
    "--out", metavar="DIR", type=PATH, default=Path("reports"), show_default=True, help="The folder for the report."
)
@_timeout
@_sandbox("basic")
def grade_own(path: Path | None, out: Path, timeout: float, sandbox: str) -> int:
    """Grade PATH: a folder, .py, .ipynb or .zip; by default the current folder, or its exercises/."""
    from autograd_grader.observe.host.worker import Worker

    with Worker(strict=sandbox == "strict") as process:
        # Imported while that process imports torch.
        from rich.console import Console

        from autograd_grader.batch.folder import try_out
        from autograd_grader.batch.run import grade_one, rehearse
        from autograd_grader.cli.where import own_work
        from autograd_grader.course import default_course
        from autograd_grader.errors import UsageError
        from autograd_grader.intake import read_submission
        from autograd_grader.observe.host.layers import require
        from autograd_grader.observe.observer import Limits
        from autograd_grader.report import summary, write_result
        from autograd_grader.report.reading import missing

        own = path or own_work(Path())
        if path is None and not any(own.iterdir()):
            message = "there is nothing to grade in this folder yet; run `grade init` to get the exercises"
            raise UsageError(message)
        submission = read_submission(own)
        try_out(out)
        known = default_course()
        rehearse(known)
        require(sandbox, process)
        result = grade_one(known, submission, process, Limits(call=timeout))
    page = write_result(result, out / result.submission)
    Console().print(summary(result, page))
    return 1 if result.status == "unreadable" or any(map(missing, result.exercises)) else 0


@grade.command(short_help="Get the exercises to fill in.")
@click.argument("folder", metavar="[DIR]", required=False, type=PATH, default=Path())
def init(folder: Path) -> None:
    """Put the exercises into DIR (by default the current folder), ready to fill in; no file is overwritten."""
    from autograd_grader.cli.where import copy_stubs
    from autograd_grader.course import default_course

    for words in copy_stubs(default_course(), folder):
        click.echo(words)


@grade.command(short_help="Grade a whole class.")
@click.argument("submissions", type=PATH)
@click.option("--out", metavar="DIR", type=PATH, required=True, help="The folder for the gradebook and the reports.")
@click.option(
    "--jobs", metavar="N", type=click.IntRange(min=1), help="Submissions at a time; by default one for each processor."
)
@click.option("--force", is_flag=True, help="Grade all anew, also what has not changed since the last batch.")
@_timeout
@_sandbox("strict")
def batch(  # noqa: PLR0913, PLR0917 - one for each of the command's options
    submissions: Path,
    out: Path,
    jobs: int | None,
    force: bool,  # noqa: FBT001 - click's way
    timeout: float,
    sandbox: str,
) -> int:
    """Grade every submission in the folder SUBMISSIONS: each folder, .py, .ipynb or .zip in it is one.

    Writes gradebook.csv, index.html, and a folder for each submission with its report.html and report.json. Run again,
    it grades what has changed since, and what a run that was stopped has left.
    """
    from autograd_grader.observe.host.worker import Worker

    with ExitStack() as stack:
        workers = min(jobs or os.cpu_count() or 1, _entries(submissions))
        strict = sandbox == "strict"
        processes = [stack.enter_context(Worker(strict=strict))]
        processes += [stack.enter_context(processes[0].another()) for _ in range(workers - 1)]
        # Imported while that process imports torch.
        from autograd_grader.batch import CacheKeyParts, claimed, plan_batch
        from autograd_grader.batch.run import find_batch, grade_batch, rehearse
        from autograd_grader.batch.safe_grading import settle
        from autograd_grader.cli.progress import Progress
        from autograd_grader.course import default_course
        from autograd_grader.observe.host.layers import require
        from autograd_grader.observe.observer import Limits

        known = default_course()
        found = find_batch(submissions, out)
        stack.enter_context(claimed(out))
        stock = plan_batch(known, found, out, CacheKeyParts.of(known, timeout=timeout, sandbox=sandbox), force=force)
        if stock.left:
            rehearse(known)
            settle()
            require(sandbox, processes[0])
        progress = stack.enter_context(Progress(stock, out))
        done = grade_batch(known, stock, out, processes=processes, limits=Limits(call=timeout), on_row=progress.advance)
    return progress.conclude(done)


grade.add_command(course)
grade.add_command(regrade)
grade.add_command(doctor)


def _entries(folder: Path) -> int:
    """An upper bound on the submissions in a folder; one that can't be listed is refused later, in better words."""
    try:
        return len(os.listdir(folder)) or 1  # noqa: PTH208 - counted, not looked at
    except OSError:
        return 1
