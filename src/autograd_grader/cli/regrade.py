"""`grade regrade`: a batch is graded again from what was observed of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograd_grader.cli.course_option import course_option
from autograd_grader.cli.paths import PATH

if TYPE_CHECKING:
    from autograd_grader.batch.regrade import Regraded


@click.command(short_help="Grade a batch again without running any code.")
@click.argument("reports", type=PATH)
@click.option("--out", metavar="DIR", type=PATH, help="The folder for the new reports; by default REPORTS itself.")
@course_option
def regrade(reports: Path, out: Path | None, course: str | None) -> int:
    """Apply the present graders and points to a finished batch.

    REPORTS is the folder that `grade batch` wrote. Its observations are graded again: nobody's code is run. Where the
    graders ask for a call that was not made then, the submission is named and its report stays as it is.

    Exits 0 when all were graded again, 1 when the code of some must be run again, 3 when the grader failed.
    """
    from autograd_grader.batch.grading import tune_garbage_collector
    from autograd_grader.batch.regrade import find_regradable
    from autograd_grader.batch.regrade import regrade as grade_again
    from autograd_grader.cli.reports import course_of, reports_in

    source, target = reports_in(reports).store, reports_in(out or reports)
    names, left_out = find_regradable(source)
    opened = course_of(source, course)
    target.store.create()
    tune_garbage_collector()
    with target.store.locked():
        done = grade_again(opened, source, target, names)
    return _conclude(done, left_out, target.store.gradebook_path)


def _conclude(done: Regraded, left_out: list[str], gradebook: Path) -> int:
    from autograd_grader.cli.outcome import came_of_it, complain, listed, say

    say(came_of_it(done.count, len(done.rows) - done.count, done.changes))
    if left_out:
        say(f"Left as they are, since the gradebook does not name them: {listed(left_out)}.")
    by_reason: dict[str, list[str]] = {}
    for name, reason in done.run_again:
        by_reason.setdefault(reason, []).append(name)
    if done.run_again:
        say(f"{len(done.run_again)} must be run again, with `grade batch`; their reports are as they were:")
    for reason, names in by_reason.items():
        say(f"  {', '.join(names)}: {reason}")
    say(f"Gradebook: {gradebook}")
    return complain(done.faults) or (1 if done.run_again else 0)
