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
from dataclasses import dataclass
from pathlib import Path

from autograd_grader.batch.cache_key import CacheKeyParts
from autograd_grader.batch.grading import warm_up_grading
from autograd_grader.batch.plan import plan_batch
from autograd_grader.batch.run import grade_batch
from autograd_grader.cli.reports import reports_in
from autograd_grader.course import open_course
from autograd_grader.intake import Found
from autograd_grader.model.observation import Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Submission
from autograd_grader.report import Row


@dataclass(frozen=True)
class RecordedObserver:
    """Knows a few answers."""

    answers: list[str]

    def observe(self, submission: Submission, _plan: Plan) -> Observation:
        """One of the answers, under the submission's name."""
        # Parsed, as what a child sends is: objects that nobody else holds.
        answer = Observation.model_validate_json(self.answers[sum(submission.id.encode()) % len(self.answers)])
        return answer.model_copy(update={"submission": submission.id, "origin": submission.origin})

    def close(self) -> None:
        """Nothing was opened."""


class Untold:
    """Takes no notice of how far the batch has come."""

    def graded(self, row: Row) -> None:
        """Do nothing."""

    def unchanged(self, row: Row) -> None:
        """Do nothing."""


def main() -> None:
    """Grade so many, and print the most memory that was in use."""
    recorded, count = reports_in(Path(sys.argv[1])).store, int(sys.argv[2])
    stored = filter(None, map(recorded.observation, recorded.submissions()))
    observer = RecordedObserver([one.observation.model_dump_json() for one in stored])
    course = open_course(None)
    with tempfile.TemporaryDirectory(prefix="autograd-grader-benchmark-") as top:
        out = Path(top)
        reports = reports_in(out)
        found = [Found(f"s{number:05}", f"s{number:05}.py", out) for number in range(count)]
        plan = plan_batch(course, found, reports.store, CacheKeyParts.of(course, timeout=10.0))
        grade_batch(
            plan,
            reports,
            observers=[observer] * (os.cpu_count() or 1),
            before_first=lambda: warm_up_grading(course),
            progress=Untold(),
        )
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
