"""Records some of the sample class anew in `recorded/`: run it after a change of the model or the plan.

`alma` has everything right, `rosa` and `umut` have something wrong in every exercise.
"""

from __future__ import annotations

from pathlib import Path

from autograd_grader.course import open_course
from autograd_grader.intake import read_submission
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.host.worker import Worker
from autograd_grader.observe.observer import Limits

HERE = Path(__file__).parent


def main() -> None:
    """Observe and write."""
    with Worker() as process:
        for name in ("alma", "rosa", "umut"):
            submission = read_submission(HERE.parents[1] / "submissions" / name)
            seen = SandboxObserver(process, Limits()).observe(submission, open_course(None).plan(submission))
            text = seen.model_dump_json(exclude_defaults=True)
            (HERE / "recorded" / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
