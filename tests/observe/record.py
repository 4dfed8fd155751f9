"""Records `submissions/alma` anew as `recorded/alma.json`: run it after a change of the model or the plan."""

from __future__ import annotations

from pathlib import Path

from autograd_grader.course import default_course
from autograd_grader.intake import read_submission
from autograd_grader.observe.observer import Limits, SandboxObserver
from autograd_grader.observe.process import WarmProcess

HERE = Path(__file__).parent


def main() -> None:
    """Observe and write."""
    submission = read_submission(HERE.parents[1] / "submissions" / "alma")
    with WarmProcess() as process:
        seen = SandboxObserver(process, Limits()).observe(submission, default_course().plan(submission))
    text = seen.model_dump_json(exclude_defaults=True)
    (HERE / "recorded" / "alma.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
