"""A batch without student code: an observer that sees nothing, and a class of small submissions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from autograd_grader.batch.cache_key import CacheKeyParts
from autograd_grader.batch.plan import BatchPlan, Pending, find_batch, plan_batch
from autograd_grader.batch.run import Batch, grade_batch
from autograd_grader.batch.store import ReportStore
from autograd_grader.cli import batch as command
from autograd_grader.cli.reports import reports_in
from autograd_grader.course import Course
from autograd_grader.model.observation import Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Submission
from autograd_grader.observe.host import layers
from autograd_grader.report import Row


@dataclass
class BlindObserver:
    """Observes nothing; `before` is called first with each submission."""

    before: Callable[[Submission], object] = lambda _: None

    def observe(self, submission: Submission, plan: Plan) -> Observation:
        self.before(submission)
        return Observation(
            submission=submission.id,
            origin=submission.origin,
            digest=submission.digest(),
            plan=plan,
            problem=submission.problem,
            notices=submission.notices,
        )

    def close(self) -> None:
        pass


@dataclass
class Run:
    """One run of `grade batch`."""

    plan: BatchPlan
    graded_ids: list[str] = field(default_factory=list)
    batch: Batch = field(default_factory=Batch)

    def graded(self, row: Row) -> None:
        self.graded_ids.append(row.submission)

    def unchanged(self, row: Row) -> None:
        assert row.submission not in self.graded_ids


Grade = Callable[..., Run]


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A folder with a small class in `in`, one of them unreadable."""
    for name in ("ada", "bob", "cy"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "work.py").write_text(f"name = {name!r}\n")
    (tmp_path / "in" / "dee.zip").write_bytes(b"PK nonsense")
    return tmp_path


@pytest.fixture
def observer() -> BlindObserver:
    return BlindObserver()


@pytest.fixture
def grade_class(top: Path, observer: BlindObserver) -> Grade:
    """Grades `in` into `out` as `grade batch` does, and gives what came of it."""

    def grade(course: Course, *, force: bool = False, timeout: float = 10.0, sandbox: str = "strict") -> Run:
        reports = reports_in(top / "out")
        found = find_batch(top / "in", top / "out")
        reports.store.create()
        with reports.store.locked():
            parts = CacheKeyParts.of(course, timeout=timeout, sandbox=sandbox)
            run = Run(plan_batch(course, found, reports.store, parts, force=force))
            run.batch = grade_batch(run.plan, reports, observers=[observer], before_first=lambda: None, progress=run)
        return run

    return grade


@pytest.fixture
def blind_command(monkeypatch: pytest.MonkeyPatch, observer: BlindObserver) -> None:
    """Has the command `grade batch` put a batch together with the blind observer, and no process."""
    monkeypatch.setattr(command, "start_workers", lambda *_, **__: [None])
    monkeypatch.setattr(command, "observers_of", lambda *_: [observer])
    monkeypatch.setattr(layers, "require", lambda *_: None)


def files(folder: Path) -> dict[str, bytes]:
    """All that lies in a folder, by path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def graded(run: Run) -> list[str]:
    """The submissions that were graded this time."""
    return run.graded_ids


def pending(plan: BatchPlan) -> list[str]:
    """The submissions that a plan would grade."""
    return [found.id for found in plan.found if isinstance(plan.examine(found), Pending)]


def store_of(folder: Path) -> ReportStore:
    return reports_in(folder).store
