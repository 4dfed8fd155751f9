"""`grade course check`: it finds what is wrong with a course, and says it in a line."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

COMMAND = Path(sys.executable).with_name("grade")
GRADER = "graders/test_ex4_verify_by_hand.py"


def check(course: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, "course", "check", course], capture_output=True, text=True, check=False, timeout=180
    )


def test_a_sound_course_passes_and_no_mutant_survives(small_course: Path) -> None:
    done = check(small_course)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The graders are sound." in done.stdout
    mutants, killed, equivalent, survived = map(
        int, re.findall(r"ex4\D+\d+\D+(\d+)\D+(\d+)\D+(\d+)\D+(\d+)", done.stdout)[0]
    )
    assert mutants == killed + equivalent
    assert killed > 50
    assert survived == 0


def test_a_check_deleted_from_a_grader_is_found(small_course: Path) -> None:
    grader = small_course / GRADER
    text = grader.read_text("utf-8")
    grader.write_text(re.sub(r'@check\("by_hand comes from.*?(?=@check)', "", text, flags=re.DOTALL), "utf-8")
    done = check(small_course)
    assert done.returncode == 1
    assert "test_ex4_verify_by_hand.py are worth 8 points, course.toml says 10" in done.stdout


def test_a_check_that_demands_nothing_is_found_by_the_stub(small_course: Path) -> None:
    grader = small_course / GRADER
    text = grader.read_text("utf-8")
    body = text.index("    for name in", text.index("def test_other_numbers"))
    grader.write_text(text[:body] + "    return\n" + text[body:], "utf-8")
    done = check(small_course)
    assert done.returncode == 1
    assert "the stub ex4_verify_by_hand.py earns 2 points" in done.stdout


def test_a_renamed_wrong_answer_is_found(small_course: Path) -> None:
    folder = small_course / "graders" / "answers" / "ex4" / "wrong"
    answer = min(folder.glob("wrong-derivative.*.py"))
    answer.rename(folder / "hard-coded.renamed.py")
    done = check(small_course)
    assert done.returncode == 1
    assert "hard-coded.renamed.py is named wrong-derivative first" in done.stdout


def test_an_answer_that_bears_no_slug_is_found(small_course: Path) -> None:
    folder = small_course / "graders" / "answers" / "ex4" / "wrong"
    min(folder.glob("*.py")).rename(folder / "mistake.py")
    done = check(small_course)
    assert done.returncode == 1
    assert "ex4/wrong/mistake.py is not named <slug>.<how>.py" in done.stdout


def test_a_stub_that_is_filled_in_is_found(small_course: Path) -> None:
    reference = small_course / "graders" / "answers" / "ex4" / "right" / "reference.py"
    (small_course / "exercises" / "ex4_verify_by_hand.py").write_text(reference.read_text("utf-8"), "utf-8")
    done = check(small_course)
    assert done.returncode == 1
    assert "the stub ex4_verify_by_hand.py earns 10 points" in done.stdout


def test_a_check_without_a_title_is_found(small_course: Path) -> None:
    grader = small_course / GRADER
    with grader.open("a", encoding="utf-8") as file:
        file.write("\n\ndef test_untitled(evidence: ExerciseEvidence) -> None:\n    both(evidence['article'])\n")
    done = check(small_course)
    assert done.returncode == 1
    assert "test_untitled has no title" in done.stdout


def test_a_rule_that_raises_is_named_with_the_answer_that_it_was_asked_of(small_course: Path) -> None:
    (small_course / "graders" / "diagnosis.py").write_text(BROKEN_RULE, "utf-8")
    done = check(small_course)
    assert done.returncode == 1
    answer = min((small_course / "graders" / "answers" / "ex4" / "wrong").glob("hard-coded.*.py"))
    assert f"ex4/wrong/{answer.name}: ex4: the rule slips raised ZeroDivisionError" in done.stdout.replace("\n", " ")
    assert not re.search(r"is named \S+ first", done.stdout)


BROKEN_RULE = """
from autograd_grader.grading import Words, rule


@rule(Words("slipped", "It slipped", "…"))
def slips(function):
    return 1 / 0 if function.returned else None
"""
