"""The most memory that the main process of a batch takes, in MiB, over so many submissions.

    python benchmarks/memory.py REPORTS COUNT

Sandbox and intake are left out: every submission is answered with an observation that a batch left in REPORTS, so that
ten thousand take minutes. All else is as in `grade batch`: grading, rendering, writing, the gradebook.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from pathlib import Path
from typing import Any

from autograd_grader import batch
from autograd_grader.course import default_course
from autograd_grader.intake import Found
from autograd_grader.kept import Terms, read_kept, take_stock
from autograd_grader.model.observation import Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Submission
from autograd_grader.observe.observer import Limits


class Recorded:
    """Stands for a warm process and for an observer, and knows one answer."""

    answers: list[Observation]

    def __init__(self, *_: object) -> None:
        """Take what a process or an observer takes."""

    def close(self) -> None:
        """Nothing was opened."""

    def observe(self, submission: Submission, plan: Plan) -> Observation:
        """One of the answers, under the submission's name."""
        answer = self.answers[len(submission.id + plan.seed) % len(self.answers)]
        return answer.model_copy(update={"submission": submission.id, "origin": submission.origin})


def main() -> None:
    """Grade so many, and print the most memory that was in use."""
    reports, count = Path(sys.argv[1]), int(sys.argv[2])
    folders = sorted(folder for folder in reports.iterdir() if folder.is_dir())
    # A few: as objects an observation takes about a megabyte.
    Recorded.answers = [kept.observation for folder in folders[:4] if (kept := read_kept(folder))]
    stand_in: Any = Recorded
    batch.SandboxObserver = batch.WarmProcess = stand_in  # type: ignore[misc]
    course = default_course()
    with tempfile.TemporaryDirectory(prefix="autograd-grader-benchmark-") as top:
        found = [Found(f"s{number:05}", f"s{number:05}", Path(top) / f"s{number:05}.py") for number in range(count)]
        stock = take_stock(course, found, Path(top), Terms.of(course, timeout=10.0))
        batch.rehearse(course)
        processes: Any = [Recorded() for _ in range(os.cpu_count() or 1)]
        batch.grade_batch(course, stock, Path(top), processes=processes, limits=Limits(), on_row=lambda _: None)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
