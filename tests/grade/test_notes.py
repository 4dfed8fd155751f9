"""Notes: said to the student, and free of charge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograd_grader.grade.grading import grade
from autograd_grader.model.submission import Cell, SourceFile, Submission
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.observer import Limits
from autograd_grader.prove.answers import references, submission

if TYPE_CHECKING:
    from autograd_grader.course import Course
    from autograd_grader.model.result import Result
    from autograd_grader.observe.host.worker import Worker


def graded(course: Course, warm: Worker, handed_in: Submission) -> Result:
    (result,) = grade(course, [SandboxObserver(warm, Limits(call=5.0)).observe(handed_in, course.plan(handed_in))])
    return result


def test_a_finite_difference_is_right_with_a_note(course: Course, warm: Worker) -> None:
    rough = "def verify_by_hand(x0=3.0):\n    import torch\n    x = torch.tensor(x0, requires_grad=True)\n"
    rough += "    (7 * x**2).backward()\n    h = 1e-4 * x0\n    return x.grad, (7 * (x0 + h) ** 2 - 7 * x0**2) / h\n"
    result = graded(course, warm, submission(course, "one", references(course) | {"ex4": rough}))
    assert result.exercises[3].score == 10
    assert "finite difference" in result.exercises[3].notes[0]


def test_a_derivative_that_is_equal_has_no_note(course: Course, warm: Worker) -> None:
    result = graded(course, warm, submission(course, "one", references(course)))
    assert all(not exercise.notes for exercise in result.exercises)


def test_a_cell_that_raises_is_noted_and_the_later_ones_run(course: Course, warm: Worker) -> None:
    sources = ["import torch", "undefined_name", *references(course).values()]
    cells = tuple(Cell(source=source, number=number) for number, source in enumerate(sources, start=1))
    handed_in = Submission(id="one", origin="one", files=(SourceFile(path="work.ipynb", cells=cells),))
    result = graded(course, warm, handed_in)
    assert (result.score, result.awaiting_review) == (38, 2)
    assert "Cell 2 of work.ipynb raised NameError" in result.exercises[0].notes[0]
