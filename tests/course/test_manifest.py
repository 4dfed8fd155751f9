"""Each fault of `course.toml` is one line that names the file and says how to mend it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograd_grader.course import open_course
from autograd_grader.course.manifest import COMMANDS
from autograd_grader.errors import CourseError

from .conftest import WriteCourse

COMMAND = Path(sys.executable).with_name("grade")
ANOTHER = """
[[exercises]]
id = "treble"
title = "Three times a number"
stub = "double.py"
functions = ["treble"]
grader = "test_treble.py"
points = 2
"""

FAULTS = {
    "no TOML": ("[[exercises]]", "[exercises", "is not TOML"),
    "no title": ('title = "Doubling"', "", "the course has no `title`: add it"),
    "an empty title": ('"Doubling"', '"  "', "the course's `title` is empty"),
    "an unknown key": ("points = 2", "points = 2\nweight = 3", "exercise 1 has a key `weight`"),
    "a misspelt key": ("functions", "function", "exercise 1 has no `functions`: add it, a list of names of functions"),
    "a number for a text": ('"double"\ntitle', "1\ntitle", "exercise 1 has a `id` that is not a text in quotes"),
    "a text for a list": ('["double"]', '"double"', "exercise 1 has a `functions` that is not a list"),
    "a text for a number": ("points = 2", 'points = "2"', "exercise 1 has a `points` that is not a number"),
    "points that are not finite": ("points = 2", "points = inf", "exercise 1 has a `points` that is not a number"),
    "no points": ("points = 2", "points = 0", "its `points` are 0: give it more than 0"),
    "an id with a space": ('id = "double"', 'id = "my double"', "letters, digits and hyphens only"),
    "an id that is a column": ('id = "double"', 'id = "score"', "its `id` is a column of the gradebook"),
    "an id that is a command": ('id = "double"', 'id = "watch"', "its `id` is a command, `grade watch`"),
    "an exercise without a title": ('"Twice a number"', '""', "its `title` is empty"),
    "no functions": ('["double"]', "[]", "its `functions` are empty: name the functions"),
    "a function that is no name": ('["double"]', '["double it"]', "`double it` is no name that Python takes"),
    "a constant that is a keyword": ('["WHY"]', '["None"]', "`None` is no name that Python takes"),
    "a name used twice": ('["WHY"]', '["double"]', "`double` is named twice among `functions` and `constants`"),
    "a stub in another folder": ('"double.py"', '"../double.py"', "is not the name of a .py file in exercises/"),
    "a stub that is missing": ('"double.py"', '"treble.py"', "treble.py is not there: write it, or mend the name"),
    "a grader of another name": ('"test_double.py"', '"double.py"', "is not the name of a test_….py in graders/"),
    "a grader that is missing": ('"test_double.py"', '"test_treble.py"', "its grader"),
    "two exercises of one id": ("[[exercises]]", ANOTHER.replace("treble", "double") + "[[exercises]]", "`double`"),
    "two exercises of one stub": ("[[exercises]]", ANOTHER + "[[exercises]]", "two exercises have the stub double.py"),
}


@pytest.mark.parametrize(("old", "new", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_file(write_course: WriteCourse, old: str, new: str, words: str) -> None:
    root = write_course()
    path = root / "exercises" / "course.toml"
    assert open_course(root).title == "Doubling"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(CourseError) as caught:
        open_course(root)
    message = str(caught.value)
    assert words in message
    assert str(path) in message
    assert "\n" not in message


def test_a_course_without_exercises_is_refused(write_course: WriteCourse) -> None:
    root = write_course(manifest='title = "Empty"\nexercises = []\n')
    with pytest.raises(CourseError, match="has no exercise: add a table"):
        open_course(root)


def test_no_command_can_be_an_exercise() -> None:
    """A command that is added is found here: its name must be kept from exercises as well."""
    done = subprocess.run([COMMAND, "--help"], capture_output=True, text=True, check=True, timeout=60)
    listed = re.findall(r"^  ([a-z]+)  ", done.stdout.partition("Commands:")[2], re.MULTILINE)
    assert {"batch", "course"} <= set(listed) <= COMMANDS


def test_the_command_says_it_in_a_line(write_course: WriteCourse) -> None:
    root = write_course(manifest='titel = "Doubling"\n')
    done = subprocess.run(
        [COMMAND, "course", "diagnoses", root], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    words = 'the course has no `title`: add it, a text in quotes, as in title = "…"'
    assert done.stderr == f"grade: {root}/exercises/course.toml: {words}\n"
