"""The most memory that the main process of a batch takes, in MiB, over so many submissions.

    python benchmarks/memory.py REPORTS COUNT

Sandbox and intake are left out: every submission is answered with one of the observations that a batch left in
REPORTS, so that ten thousand take minutes. All else is as in `grade batch`: each observation is parsed anew, graded,
rendered and written, and at the end come the gradebook and the class's page. Rows differ as those of REPORTS do.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from pathlib import Path
from typing import Any

from autograd_grader.batch import CacheKeyParts, plan_batch, read_observation
from autograd_grader.batch import run as batch
from autograd_grader.course import open_course
from autograd_grader.intake import Found
from autograd_grader.model.observation import Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Submission
from autograd_grader.observe.observer import Limits


class Recorded:
    """Stands for a warm process and for an observer, and knows a few answers."""

    answers: list[str]

    def __init__(self, *_: object) -> None:
        """Take what a process or an observer takes."""

    def close(self) -> None:
        """Nothing was opened."""

    def observe(self, submission: Submission, _plan: Plan) -> Observation:
        """One of the answers, under the submission's name."""
        # Parsed, as what a child sends is: objects that nobody else holds.
        answer = Observation.model_validate_json(self.answers[sum(submission.id.encode()) % len(self.answers)])
        return answer.model_copy(update={"submission": submission.id, "origin": submission.origin})


def main() -> None:
    """Grade so many, and print the most memory that was in use."""
    reports, count = Path(sys.argv[1]), int(sys.argv[2])
    folders = sorted(folder for folder in reports.iterdir() if folder.is_dir())
    Recorded.answers = [kept.observation.model_dump_json() for folder in folders if (kept := read_observation(folder))]
    stand_in: Any = Recorded
    batch.SandboxObserver = batch.Worker = stand_in  # type: ignore[misc]
    course = open_course(None)
    with tempfile.TemporaryDirectory(prefix="autograd-grader-benchmark-") as top:
        out = Path(top)
        found = [Found(f"s{number:05}", f"s{number:05}.py", out) for number in range(count)]
        stock = plan_batch(course, found, out, CacheKeyParts.of(course, timeout=10.0))
        batch.rehearse(course)
        processes: Any = [Recorded() for _ in range(os.cpu_count() or 1)]
        batch.grade_batch(course, stock, out, processes=processes, limits=Limits(), on_row=lambda _: None)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
