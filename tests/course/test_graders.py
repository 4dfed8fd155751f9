"""Graders are loaded with the files beside them, of which no other course and no later edit sees a trace."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from autograd_grader.course import open_course
from autograd_grader.errors import CourseError
from autograd_grader.model.submission import Submission

from .conftest import WriteCourse

if TYPE_CHECKING:
    from pathlib import Path

NOBODY = Submission(id="nobody", origin="nobody")
GRADER = """
from autograd_grader.grading import Call
from numbers_to_call import ARTICLE

def plan(draw):
    return [Call(id="article", function="double", args=(ARTICLE,))]
"""


def article(root: Path) -> object:
    (plan,) = open_course(root).plan(NOBODY, "seed").exercises
    return plan.calls[0].args[0]


def test_a_grader_imports_the_files_beside_it(write_course: WriteCourse) -> None:
    assert article(write_course(grader=GRADER, numbers_to_call="ARTICLE = 3.0")) == 3.0


def test_another_course_has_files_of_the_same_names(write_course: WriteCourse, tmp_path: Path) -> None:
    one = write_course(grader=GRADER, folder=tmp_path / "one", numbers_to_call="ARTICLE = 3.0")
    other = write_course(grader=GRADER, folder=tmp_path / "other", numbers_to_call="ARTICLE = 4.0")
    assert [article(one), article(other), article(one)] == [3.0, 4.0, 3.0]


def test_an_edit_of_such_a_file_is_seen_and_nothing_of_it_stays(write_course: WriteCourse) -> None:
    before, path = set(sys.modules), list(sys.path)
    root = write_course(grader=GRADER, numbers_to_call="ARTICLE = 3.0")
    article(root)
    (root / "graders" / "numbers_to_call.py").write_text("ARTICLE = 4.0 + 1", "utf-8")
    assert article(root) == 5.0
    assert "numbers_to_call" not in set(sys.modules) - before
    assert sys.path == path


def test_a_module_of_that_name_that_was_imported_before_is_not_taken_for_it(
    write_course: WriteCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = ModuleType("numbers_to_call")
    monkeypatch.setitem(sys.modules, "numbers_to_call", installed)
    assert article(write_course(grader=GRADER, numbers_to_call="ARTICLE = 3.0")) == 3.0
    assert sys.modules["numbers_to_call"] is installed


def test_a_file_that_would_hide_one_of_pythons_modules_is_refused(write_course: WriteCourse) -> None:
    root = write_course(statistics="ARTICLE = 3.0")
    with pytest.raises(CourseError, match=r"statistics\.py has the name of a module of Python's"):
        article(root)


def test_every_file_beside_the_graders_is_in_the_digest(write_course: WriteCourse) -> None:
    digests = set()
    for text in ("", "# a rule", "# another"):
        digests.add(open_course(write_course(diagnosis=text)).digest())
        digests.add(open_course(write_course(diagnosis=text, helper=text)).digest())
    assert len(digests) == 6


def test_a_course_knows_the_file_of_its_rules(write_course: WriteCourse) -> None:
    root = write_course()
    assert open_course(root).rules_file is None
    assert open_course(write_course(diagnosis="")).rules_file == root / "graders" / "diagnosis.py"
