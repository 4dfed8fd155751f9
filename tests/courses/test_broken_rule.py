"""A course's rule that raises: it costs its explanation, the staff are told, and no mark moves."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograd_grader.course import Course

COMMAND = Path(sys.executable).with_name("grade")
RULE = """

@rule(Words("never-told", "Never told", "It raises before it can tell anything."))
def divides_by_nought(function: FunctionEvidence) -> Finding | None:
    return 1 / 0
"""
IMPORT = "from autograd_grader.grading import Finding, FunctionEvidence, Words, rule\n"


def with_broken_rule(course: Course) -> Course:
    path = course.graders / "diagnosis.py"
    path.write_text(f"{path.read_text('utf-8')}\n{IMPORT}{RULE}", "utf-8")
    return course


def handed_in(course: Course, built_in: Course, folder: Path) -> Path:
    """The reference answers, but for exercise 1, which computes another function."""
    answers = built_in.graders / "answers"
    folder.mkdir(parents=True)
    for exercise in course.exercises:
        shutil.copy(answers / exercise.id / "right" / "reference.py", folder / exercise.stub)
    shutil.copy(min((answers / "ex1" / "wrong").glob("wrong-formula.*.py")), folder / course.exercises[0].stub)
    return folder


def test_in_a_batch_marks_stay_and_the_staff_are_told(own_course: Course, course: Course, tmp_path: Path) -> None:
    handed_in(own_course, course, tmp_path / "class" / "ada")
    plain, broken = tmp_path / "plain", tmp_path / "broken"
    for out, changed in ((plain, own_course), (broken, with_broken_rule(own_course))):
        arguments: list[str | Path] = ["batch", tmp_path / "class", "--out", out, "--course", changed.root]
        done = subprocess.run([COMMAND, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert (broken / "gradebook.csv").read_bytes() == (plain / "gradebook.csv").read_bytes()
    report = json.loads((broken / "ada" / "report.json").read_text("utf-8"))
    assert {flag["slug"] for flag in report["flags"]} == {"broken-rule"}
    assert report["exercises"][0]["diagnoses"][0]["slug"] == "wrong-formula"


def test_a_student_is_graded_all_the_same(own_course: Course, course: Course, tmp_path: Path) -> None:
    work = handed_in(own_course, course, tmp_path / "work")
    arguments: list[str | Path] = [work, "--out", tmp_path / "out", "--course", with_broken_rule(own_course).root]
    done = subprocess.run([COMMAND, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "of 40 points" in done.stdout
