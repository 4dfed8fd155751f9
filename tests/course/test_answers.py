"""The known answers of a course: what is missing, misnamed or can't be read is told, and nothing is passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograd_grader.course import open_course
from autograd_grader.errors import CourseError
from autograd_grader.prove.answers import references, right_answers, wrong_answers

from .conftest import WriteCourse

if TYPE_CHECKING:
    from pathlib import Path

SLUGS = frozenset({"halved", "wrong-2nd-order"})


def answer(root: Path, name: str, source: str = "def double(x): return 2 * x\n") -> None:
    path = root / "graders" / "answers" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, "utf-8")


def test_answers_are_told_by_their_folder_and_name(write_course: WriteCourse) -> None:
    root = write_course()
    answer(root, "double/right/reference.py")
    answer(root, "double/right/sum.py")
    answer(root, "double/wrong/halved.by_two.py")
    answer(root, "double/wrong/wrong-2nd-order.twice.py")
    course = open_course(root)
    assert [a.name for a in right_answers(course)] == ["reference.py", "sum.py"]
    found, unnamed = wrong_answers(course, SLUGS)
    assert [a.slug for a in found] == ["halved", "wrong-2nd-order"]
    assert unnamed == []
    assert list(references(course)) == ["double"]


def test_an_exercise_without_a_reference_is_named_with_the_file_to_write(write_course: WriteCourse) -> None:
    root = write_course()
    answer(root, "double/right/sum.py")
    with pytest.raises(CourseError, match="double has no reference answer: write ") as caught:
        right_answers(open_course(root))
    assert str(root / "graders" / "answers" / "double" / "right" / "reference.py") in str(caught.value)


def test_a_reference_that_is_no_python_is_named(write_course: WriteCourse) -> None:
    root = write_course()
    answer(root, "double/right/reference.py", "def double(x) return")
    with pytest.raises(CourseError, match="is no Python that can be read"):
        right_answers(open_course(root))


def test_answers_to_no_exercise_and_of_no_diagnosis_are_named(write_course: WriteCourse) -> None:
    root = write_course()
    answer(root, "double/wrong/mistake.py")
    answer(root, "treble/right/reference.py")
    found, unnamed = wrong_answers(open_course(root), SLUGS)
    assert found == []
    assert unnamed == [
        "answers/treble belongs to no exercise: name it after an id in course.toml",
        "double/wrong/mistake.py is not named <slug>.<how>.py after a diagnosis",
    ]
