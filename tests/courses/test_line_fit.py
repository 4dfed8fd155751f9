"""A second course, a folder and nothing else: proved, and graded as any other.

`.ci/run` proves it by mutants as well: `grade course check tests/courses/line_fit`.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import autograd_grader
from autograd_grader.course import Course, open_course
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.observer import Limits
from autograd_grader.prove.proof import Proof, prove_answers
from autograd_grader.prove.run import observing

from .conftest import Graded, Run

if TYPE_CHECKING:
    from autograd_grader.observe.host.worker import Worker

FOLDER = Path(__file__).parent / "line_fit"
ANSWERS = FOLDER / "graders" / "answers"
TITLE = "Fitting a line with gradient descent"
IDS = ["data", "by-hand-loop", "optimizer"]
OWN_SLUGS = {
    "seed-unused", "seed-fixed", "evenly-spaced", "wrong-range", "off-the-line", "uphill", "leaf-bound-anew",
    "step-recorded", "ready-made-steps", "ignores-steps", "intercept-still", "summed-loss", "recorded-late",
    "wrong-loss", "step-before-backward", "never-stepped", "optimizer-over-copies", "steps-by-hand", "momentum-lost",
}  # fmt: skip
CLASS = {
    "ada": {},
    "bo": {"by-hand-loop": "wrong/uphill.plus.py"},
    "cy": {"by-hand-loop": "wrong/leaf-bound-anew.plain.py", "optimizer": "wrong/optimizer-over-copies.clones.py"},
    "di": {"data": "wrong/seed-fixed.nought.py", "optimizer": "right/linear_layer.py"},
}
"""Each student's answers that are not the reference."""


@pytest.fixture(scope="module")
def line_fit() -> Course:
    return open_course(FOLDER)


@pytest.fixture(scope="module")
def proof(line_fit: Course, warm: Worker) -> Proof:
    found = Proof()
    with warm.another() as second:
        limits = Limits(call=5.0)
        observe = observing([SandboxObserver(worker, limits) for worker in (warm, second)])
        prove_answers(line_fit, observe, found)
    return found


def test_its_stubs_earn_nothing_right_answers_everything_and_wrong_ones_are_caught_and_named(proof: Proof) -> None:
    assert proof.problems == []


@pytest.mark.parametrize("slug", sorted(OWN_SLUGS))
def test_each_of_its_own_misconceptions_is_named_in_three_answers_and_more(proof: Proof, slug: str) -> None:
    tally = proof.slugs[slug]
    assert tally.answers >= 3
    assert tally.named == tally.answers


@pytest.mark.parametrize("exercise", IDS)
def test_each_exercise_has_three_right_answers_and_six_wrong_ones(proof: Proof, exercise: str) -> None:
    assert proof.right[exercise] >= 3
    assert len(list((ANSWERS / exercise / "wrong").iterdir())) >= 6


def test_the_engine_says_nothing_of_it(line_fit: Course) -> None:
    engine = Path(autograd_grader.__file__).parent
    files = [path for path in engine.rglob("*.py") if "skeleton" not in path.parts]
    text = "".join(path.read_text("utf-8") for path in files)
    functions = [name for exercise in line_fit.exercises for name in exercise.functions]
    assert [word for word in [*functions, *OWN_SLUGS, "by-hand-loop", TITLE] if word in text] == []


@pytest.fixture(scope="module")
def graded(line_fit: Course, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """A class of four, graded once."""
    top = tmp_path_factory.mktemp("line_fit")
    for name, answers in CLASS.items():
        (top / "submissions" / name).mkdir(parents=True)
        for exercise in line_fit.exercises:
            answer = ANSWERS / exercise.id / answers.get(exercise.id, "right/reference.py")
            shutil.copy(answer, top / "submissions" / name / exercise.stub)
    done = run("batch", "--course", FOLDER, "submissions", "--out", "reports", cwd=top)
    assert (done.returncode, done.stderr) == (0, "")
    return Graded(top / "reports")


def test_the_gradebook_has_its_columns(graded: Graded) -> None:
    assert graded.columns == ["submission", *IDS, "score", "max_score", "awaiting_review", "status"]


def test_the_gradebook_has_its_points(graded: Graded) -> None:
    assert graded.row("ada") == {
        "submission": "ada", "data": "6", "by-hand-loop": "8", "optimizer": "10",
        "score": "24", "max_score": "26", "awaiting_review": "2", "status": "graded",
    }  # fmt: skip
    assert graded.row("di")["data"] == "5"
    assert graded.row("di")["optimizer"] == "10"


def test_a_report_has_its_exercises_and_its_own_diagnoses(graded: Graded) -> None:
    assert [exercise["id"] for exercise in graded.report("ada")["exercises"]] == IDS
    assert graded.slugs("ada") == {"data": [], "by-hand-loop": [], "optimizer": []}
    assert graded.slugs("bo") == {"data": [], "by-hand-loop": ["uphill"], "optimizer": []}
    assert graded.slugs("cy") == {
        "data": [],
        "by-hand-loop": ["leaf-bound-anew"],
        "optimizer": ["optimizer-over-copies"],
    }
    assert graded.slugs("di") == {"data": ["seed-fixed"], "by-hand-loop": [], "optimizer": []}


def test_its_pages_bear_its_titles_and_no_other_courses(graded: Graded, line_fit: Course, course: Course) -> None:
    for page in (graded.index, graded.page("cy")):
        assert TITLE in page
        assert course.title not in page
    assert all(exercise.title in graded.page("cy") for exercise in line_fit.exercises)
    assert "The optimizer moves other tensors" in graded.page("cy")


def test_a_page_shows_calls_with_tensors_lists_and_names_as_students_write_them(graded: Graded) -> None:
    assert "fit_by_hand(tensor([-1., -0.5, 0., 0.5, 1.])" in graded.page("bo")
    assert "fit_with_optimizer([-1, -0.25, 0.25, 1]" in graded.page("cy")


def test_a_second_batch_and_a_regrade_find_the_course_by_themselves(graded: Graded, run: Run) -> None:
    before, top = graded.gradebook, graded.out.parent
    for command in (["batch", "submissions", "--out", "reports"], ["regrade", "reports"]):
        done = run(*command, cwd=top)
        assert (done.returncode, done.stderr) == (0, "")
        assert graded.gradebook == before


def test_a_student_is_given_its_stubs_and_is_graded_by_it(run: Run, tmp_path: Path, line_fit: Course) -> None:
    assert run("init", "--course", FOLDER, "work", cwd=tmp_path).returncode == 0
    assert sorted(path.name for path in (tmp_path / "work").iterdir()) == sorted(e.stub for e in line_fit.exercises)
    for exercise in line_fit.exercises:
        shutil.copy(ANSWERS / exercise.id / "right" / "reference.py", tmp_path / "work" / exercise.stub)
    done = run("--course", FOLDER, "work", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(exercise.title in done.stdout for exercise in line_fit.exercises)


SPY = """
def make_data(seed, count, slope, intercept, *, spread=1.0):
    return open({path!r}).read()
"""
ENTRY_POINT = "[autograd_grader.courses]\nlines = line_fit_course\n"


def test_it_is_found_by_name_once_installed_and_student_code_can_read_no_course(
    run: Run, tmp_path: Path, course: Course
) -> None:
    installed = tmp_path / "packages" / "line_fit_course"
    shutil.copytree(FOLDER, installed)
    (tmp_path / "packages" / "lines-1.0.dist-info").mkdir()
    (tmp_path / "packages" / "lines-1.0.dist-info" / "entry_points.txt").write_text(ENTRY_POINT, "utf-8")
    secrets = {
        "grader": installed / "graders" / "descent.py",
        "answer": installed / "graders" / "answers" / "data" / "right" / "reference.py",
        "folder": FOLDER / "graders" / "descent.py",
        "built-in": course.graders / "test_ex3_zero_gradients.py",
    }
    for name, path in secrets.items():
        (tmp_path / "work" / "submissions" / name).mkdir(parents=True)
        (tmp_path / "work" / "submissions" / name / "line_data.py").write_text(SPY.format(path=str(path)), "utf-8")
    arguments = ["batch", "--course", "lines", "submissions", "--out", "reports"]
    done = run(*arguments, cwd=tmp_path / "work", PYTHONPATH=str(tmp_path / "packages"))
    assert done.returncode == 0, done.stderr
    graded = Graded(tmp_path / "work" / "reports")
    assert graded.columns[1:4] == IDS
    assert [graded.slugs(name)["data"] for name in secrets] == [["not-allowed"]] * len(secrets)
