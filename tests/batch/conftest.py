"""A batch without student code: an observer that sees nothing, and a class of small submissions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pytest

from autograd_grader.batch import CacheKeyParts, claimed, plan_batch
from autograd_grader.batch import run as batch
from autograd_grader.batch.run import Batch, find_batch, grade_batch
from autograd_grader.course import Course
from autograd_grader.model.observation import Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Submission
from autograd_grader.observe.observer import Limits

Grade = Callable[..., Batch]


class NoProcess:
    """Stands for a warm process."""

    def __init__(self, *, strict: bool = True) -> None:
        self.strict = strict

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def another(self) -> NoProcess:
        return NoProcess()

    def close(self) -> None:
        pass


class BlindObserver:
    """Observes nothing, and counts whom."""

    seen: list[str]

    def __init__(self, *_: object) -> None:
        pass

    def observe(self, submission: Submission, plan: Plan) -> Observation:
        BlindObserver.seen.append(submission.id)
        return Observation(
            submission=submission.id,
            origin=submission.origin,
            digest=submission.digest(),
            plan=plan,
            problem=submission.problem,
            notices=submission.notices,
        )


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A folder with a small class in `in`, one of them unreadable."""
    for name in ("ada", "bob", "cy"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "work.py").write_text(f"name = {name!r}\n")
    (tmp_path / "in" / "dee.zip").write_bytes(b"PK nonsense")
    return tmp_path


@pytest.fixture
def grade_class(top: Path, monkeypatch: pytest.MonkeyPatch) -> Grade:
    """Grades `in` into `out` as `grade batch` does, and gives what came of it."""
    monkeypatch.setattr(batch, "Worker", NoProcess)
    monkeypatch.setattr(batch, "SandboxObserver", BlindObserver)
    BlindObserver.seen = []

    def grade(course: Course, *, force: bool = False, timeout: float = 10.0, sandbox: str = "strict") -> Batch:
        BlindObserver.seen.clear()
        out = top / "out"
        found = find_batch(top / "in", out)
        with claimed(out):
            stock = plan_batch(
                course, found, out, CacheKeyParts.of(course, timeout=timeout, sandbox=sandbox), force=force
            )
            processes: Any = [NoProcess()]
            return grade_batch(course, stock, out, processes=processes, limits=Limits(), on_row=lambda _: None)

    return grade


def files(folder: Path) -> dict[str, bytes]:
    """All that lies in a folder, by path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def graded(done: Batch) -> list[str]:
    """The submissions that were graded this time."""
    return [one.id for one in done.stock.left]
