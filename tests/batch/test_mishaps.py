"""Full disks, read-only folders, work that vanishes, courses that change: one clear message, and nothing corrupted."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from autograd_grader import files as report_files
from autograd_grader.batch import grading as batch_grading
from autograd_grader.course import Course
from autograd_grader.errors import CourseError, OutputError, UsageError
from autograd_grader.grade import grading
from autograd_grader.model.observation import Observation
from autograd_grader.model.result import Result

from .conftest import BlindObserver, Grade, files, graded, store_of


class Killed(BaseException):
    """Ends a run where it stands, as a signal would."""


class FailingDisk:
    """Fails at the `at`-th step of writing: before a file, amid its bytes, or before it gets its name."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException) -> None:
        self.steps = 0
        self._at, self._error = at, error
        self._replace = Path.replace
        monkeypatch.setattr(report_files, "_create", self._create)
        monkeypatch.setattr(Path, "replace", lambda path, target: self._rename(path, target))  # noqa: PLW0108 - binds `path`

    def _step(self) -> None:
        self.steps += 1
        if self.steps == self._at or (self.steps > self._at and isinstance(self._error, OSError)):
            raise self._error

    def _create(self, path: Path, pieces: Iterable[bytes]) -> None:
        self._step()
        content = b"".join(pieces)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content[: len(content) // 2])
        self._step()
        path.write_bytes(content)

    def _rename(self, path: Path, target: Path) -> Path:
        self._step()
        return self._replace(path, target)


def test_a_run_that_ends_at_any_step_of_writing_is_gone_on_with(
    course: Course, grade_class: Grade, top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _remember_results(monkeypatch)
    grade_class(course)
    undisturbed = files(top / "out")
    steps = 3 * len(undisturbed)
    ended = 0
    for at in range(1, steps + 1):
        shutil.rmtree(top / "out")
        with monkeypatch.context() as patch:
            disk = FailingDisk(patch, at, Killed())
            # What is suppressed on the way out would not have run: the temporary file stays.
            patch.setattr(Path, "unlink", _unlink_unless(disk, at))
            with pytest.raises(Killed):
                grade_class(course)
            ended += 1
        done = {path.parent.name for path in (top / "out").glob("*/report.json")}
        again = grade_class(course)
        assert set(graded(again)) == {"ada", "bob", "cy", "dee"} - done
        assert files(top / "out") == undisturbed
    assert ended == steps >= 40


def _remember_results(monkeypatch: pytest.MonkeyPatch) -> None:
    """Grade each submission once: what is tried here is the writing."""
    known: dict[str, Result] = {}
    really = grading.grade

    def grade(course: Course, observations: Sequence[Observation]) -> list[Result]:
        if not known.keys() >= {o.submission for o in observations}:
            known.update({result.submission: result for result in really(course, observations)})
        return [known[o.submission] for o in observations]

    monkeypatch.setattr(batch_grading, "grade", grade)


def _unlink_unless(disk: FailingDisk, at: int) -> Any:
    really = Path.unlink

    def unlink(path: Path, *, missing_ok: bool = False) -> None:
        if disk.steps < at:
            really(path, missing_ok=missing_ok)

    return unlink


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS])
def test_a_full_disk_ends_the_run_with_one_message_and_the_next_goes_on(
    number: int, course: Course, grade_class: Grade, top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade_class(course)
    undisturbed = files(top / "out")
    for name in ("ada", "bob", "cy"):
        (top / "out" / name / "report.json").unlink()
    with monkeypatch.context() as patch:
        FailingDisk(patch, 8, OSError(number, "no room"))
        with pytest.raises(OutputError, match=r"then run the command again|on another one"):
            grade_class(course)
    left = files(top / "out")
    assert {path: undisturbed[path] for path in left} == left
    assert left["gradebook.csv"] == undisturbed["gradebook.csv"]
    grade_class(course)
    assert files(top / "out") == undisturbed


def test_a_submission_that_vanishes_is_in_the_gradebook_and_graded_when_it_is_back(
    course: Course, grade_class: Grade, top: Path, observer: BlindObserver
) -> None:
    observer.before = lambda _: shutil.rmtree(top / "in/cy", ignore_errors=True)
    done = grade_class(course).batch
    observer.before = lambda _: None
    assert [row.submission for row in done.rows] == ["ada", "bob", "cy", "dee"]
    assert done.rows[2].status == "unreadable"
    (top / "in/cy").mkdir()
    (top / "in/cy/work.py").write_text("name = 'cy'\n")
    again = grade_class(course)
    assert (graded(again), again.batch.rows[2].status) == (["cy"], "graded")


def test_a_course_that_changes_under_way_ends_the_run_before_a_report_is_written(
    own_course: Course, grade_class: Grade, top: Path, observer: BlindObserver
) -> None:
    observer.before = lambda _: (own_course.stubs / "ex1_single_variable.py").write_text("# reworded\n")
    with pytest.raises(CourseError, match="was changed"):
        grade_class(own_course)
    assert files(top / "out").keys() == {"batch.json"}


def test_a_broken_course_leaves_the_last_gradebook_alone(own_course: Course, grade_class: Grade, top: Path) -> None:
    grade_class(own_course)
    before = files(top / "out")
    (own_course.graders / "test_ex1_single_variable.py").write_text("import nothing_of_that_name\n")
    with pytest.raises(CourseError, match="can't be loaded"):
        grade_class(Course(own_course.root))
    assert files(top / "out") == before


def test_two_runs_never_write_into_one_folder(course: Course, grade_class: Grade, top: Path) -> None:
    (top / "out").mkdir()
    with store_of(top / "out").locked(), pytest.raises(UsageError, match="another run is writing"):
        grade_class(course)
    assert graded(grade_class(course)) == ["ada", "bob", "cy", "dee"]
