"""What is measured on: right submissions, and the naive way to grade them, a pytest process each."""

from __future__ import annotations

import shutil
from pathlib import Path

from autograd_grader.course import Course

ENDLESS = "def single_variable(z0=5.0):\n    while True:\n        pass\n"

SLOW = ("timed-out", "out-of-memory", "too-much-output")
"""Known answers that take long to observe."""

NAIVE = '''"""The checks that the course makes, as one would write them in a test file beside the student's work."""
import contextlib, io, sys
from pathlib import Path

import pytest
import torch

sys.path.insert(0, str(Path(__file__).parent))
from ex1_single_variable import single_variable
from ex2_two_variables import two_variables
from ex3_zero_gradients import WHY_ZERO, with_zeroing, without_zeroing
from ex4_verify_by_hand import verify_by_hand

ONE = [5.0, 1.3125, -2.4375]
TWO = [(1.5, -2.0), (1.3125, 2.4375), (-3.3125, 1.1875)]


def near(a, b):
    return torch.isclose(torch.as_tensor(float(a)), torch.tensor(float(b)), rtol=1e-4)


def printed(function, *args):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        function(*args)
    return out.getvalue()


@pytest.mark.parametrize("z0", ONE)
def test_ex1(z0):
    z, f = single_variable(z0)
    assert z.is_leaf and z.requires_grad and f.grad_fn is not None
    assert near(z, z0) and near(f, 3 * z0**2 + 4 * z0)


@pytest.mark.parametrize("z0", ONE)
def test_ex1_gradient(z0):
    z, _ = single_variable(z0)
    assert near(z.grad, 6 * z0 + 4)


@pytest.mark.parametrize("z0", ONE)
def test_ex1_prints(z0):
    assert printed(single_variable, z0).strip()


@pytest.mark.parametrize(("x0", "y0"), TWO)
def test_ex2(x0, y0):
    x, y, f = two_variables(x0, y0)
    assert x.is_leaf and y.is_leaf and f.grad_fn is not None
    assert near(f, 5 * x0**2 + x0 * y0 + 2 * y0**3)


@pytest.mark.parametrize(("x0", "y0"), TWO)
def test_ex2_gradient(x0, y0):
    x, y, _ = two_variables(x0, y0)
    assert near(x.grad, 10 * x0 + y0) and near(y.grad, x0 + 6 * y0**2)


@pytest.mark.parametrize(("x0", "y0"), TWO)
def test_ex2_prints(x0, y0):
    assert printed(two_variables, x0, y0).strip()


@pytest.mark.parametrize(("x0", "y0"), TWO)
@pytest.mark.parametrize("passes", [1, 3])
def test_ex3_accumulates(x0, y0, passes):
    pairs = without_zeroing(x0, y0, passes)
    assert len(pairs) == passes
    for k, (x, y) in enumerate(pairs, 1):
        assert near(x, k * (10 * x0 + y0)) and near(y, k * (x0 + 6 * y0**2))


@pytest.mark.parametrize(("x0", "y0"), TWO)
@pytest.mark.parametrize("passes", [1, 3])
def test_ex3_zeroes(x0, y0, passes):
    pairs = with_zeroing(x0, y0, passes)
    assert len(pairs) == passes
    for x, y in pairs:
        assert near(x, 10 * x0 + y0) and near(y, x0 + 6 * y0**2)


def test_ex3_explains():
    assert len(WHY_ZERO.split()) > 4


@pytest.mark.parametrize("x0", ONE)
def test_ex4(x0):
    auto, by_hand = verify_by_hand(x0)
    assert near(auto, 14 * x0) and near(by_hand, 14 * x0)
'''


def right_answer(course: Course, folder: Path) -> Path:
    """A folder with the reference answer of every exercise."""
    folder.mkdir(parents=True)
    for exercise in course.exercises:
        shutil.copy(course.graders / "answers" / exercise.id / "right" / "reference.py", folder / exercise.stub)
    return folder


def mixed_class(course: Course, folder: Path, count: int) -> Path:
    """Submissions with known answers, right and wrong ones mixed: rows and reports as a real class has them."""
    for exercise in course.exercises:
        answers = sorted((course.graders / "answers" / exercise.id).glob("*/*.py"))
        quick = [answer for answer in answers if not answer.name.startswith(SLOW)]
        for number in range(count):
            one = folder / f"m{number:04}"
            one.mkdir(parents=True, exist_ok=True)
            shutil.copy(quick[7 * number % len(quick)], one / exercise.stub)
    return folder


def right_class(course: Course, folder: Path, count: int) -> Path:
    """As many right submissions as asked for, each with a line of its own, so that none is another's copy."""
    first = right_answer(course, folder / "s0000")
    for number in range(1, count):
        one = Path(shutil.copytree(first, folder / f"s{number:04}"))
        with (one / "ex1_single_variable.py").open("a", encoding="utf-8") as file:
            file.write(f"\n# {number}\n")
    return folder
