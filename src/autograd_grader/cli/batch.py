"""`grade batch`: a whole class is graded."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import click

from autograd_grader.cli.course_option import course_option
from autograd_grader.cli.options import sandbox_option, timeout_option
from autograd_grader.cli.paths import PATH
from autograd_grader.cli.workers import observers_of, start_workers


@click.command(short_help="Grade a whole class.")
@click.argument("submissions", type=PATH)
@click.option("--out", metavar="DIR", type=PATH, required=True, help="The folder for the gradebook and the reports.")
@click.option(
    "--jobs", metavar="N", type=click.IntRange(min=1), help="Submissions at a time; by default one for each processor."
)
@click.option("--force", is_flag=True, help="Grade all anew, also what has not changed since the last batch.")
@course_option
@timeout_option
@sandbox_option("strict")
def batch(  # noqa: PLR0913, PLR0917 - one for each of the command's options
    submissions: Path,
    out: Path,
    jobs: int | None,
    force: bool,  # noqa: FBT001 - click's way
    course: str | None,
    timeout: float,
    sandbox: str,
) -> int:
    """Grade every submission in the folder SUBMISSIONS: each folder, .py, .ipynb or .zip in it is one.

    Writes gradebook.csv, index.html, and a folder for each submission with its report.html and report.json. Run again,
    it grades what has changed since, and what a run that was stopped has left. A course that was given with --course
    is remembered in the folder of reports.
    """
    with ExitStack() as stack:
        count = min(jobs or os.cpu_count() or 1, _entries(submissions))
        workers = start_workers(stack, count, strict=sandbox == "strict")
        # Imported while that process imports torch.
        from autograd_grader.batch.cache_key import CacheKeyParts
        from autograd_grader.batch.grading import tune_garbage_collector, warm_up_grading
        from autograd_grader.batch.plan import find_batch, plan_batch
        from autograd_grader.batch.run import grade_batch
        from autograd_grader.cli.progress import Progress
        from autograd_grader.cli.reports import course_of, reports_in
        from autograd_grader.observe.host.layers import require

        found = find_batch(submissions, out)
        reports = reports_in(out)
        opened = course_of(reports.store, course)
        reports.store.create(submissions)
        stack.enter_context(reports.store.locked())
        key_parts = CacheKeyParts.of(opened, timeout=timeout, sandbox=sandbox)
        plan = plan_batch(opened, found, reports.store, key_parts, force=force)

        def before_first() -> None:
            warm_up_grading(opened)
            tune_garbage_collector()
            require(sandbox, workers[0])

        progress = stack.enter_context(Progress(plan))
        observers = observers_of(stack, workers, timeout)
        done = grade_batch(plan, reports, observers=observers, before_first=before_first, progress=progress)
    return progress.conclude(done)


def _entries(folder: Path) -> int:
    """An upper bound on the submissions in a folder; one that can't be listed is refused later, in better words."""
    try:
        return len(os.listdir(folder)) or 1  # noqa: PTH208 - counted, not looked at
    except OSError:
        return 1
