"""`grade [PATH]`: a student's own work is graded, and what to do next is said."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from autograd_grader.cli.course_option import course_option
from autograd_grader.cli.options import sandbox_option, timeout_option
from autograd_grader.cli.paths import PATH
from autograd_grader.cli.workers import observers_of, start_workers


@click.command(add_help_option=False)
@click.argument("path", required=False, type=PATH)
@click.option(
    "--out", metavar="DIR", type=PATH, default=Path("reports"), show_default=True, help="The folder for the report."
)
@course_option
@timeout_option
@sandbox_option("basic")
def own(path: Path | None, out: Path, course: str | None, timeout: float, sandbox: str) -> int:
    """Grade PATH: a folder, .py, .ipynb or .zip; by default the current folder, or its exercises/."""
    with ExitStack() as stack:
        workers = start_workers(stack, strict=sandbox == "strict")
        # Imported while that process imports torch.
        from rich.console import Console

        from autograd_grader.batch.grading import warm_up_grading
        from autograd_grader.batch.run import grade_one
        from autograd_grader.cli.reports import reports_in
        from autograd_grader.cli.where import own_work
        from autograd_grader.course import open_course
        from autograd_grader.errors import UsageError
        from autograd_grader.intake import read_submission
        from autograd_grader.observe.host.layers import require
        from autograd_grader.report import summary
        from autograd_grader.report.reading import missing

        work = path or own_work(Path())
        if path is None and not any(work.iterdir()):
            message = "there is nothing to grade in this folder yet; run `grade init` to get the exercises"
            raise UsageError(message)
        submission = read_submission(work)
        reports = reports_in(out)
        reports.store.create(work, *([Path()] if path is None else []))
        opened = open_course(course)
        warm_up_grading(opened)
        require(sandbox, workers[0])
        (observer,) = observers_of(stack, workers, timeout)
        result = grade_one(opened, submission, observer)
    reports.write_own(result)
    Console().print(summary(result, reports.store.page(result.submission)))
    return 1 if result.status == "unreadable" or any(map(missing, result.exercises)) else 0
