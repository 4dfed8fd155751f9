"""The results that most tests report on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .samples import check, diagnosis, exercise, explained, result

if TYPE_CHECKING:
    from autograd_grader.model.result import Result


@pytest.fixture
def complete() -> Result:
    """Make a result with every automatic point earned, and two that await review."""
    return result(
        exercise(1, check()), exercise(2, check()), explained("Gradients add up otherwise."), exercise(4, check())
    )


@pytest.fixture
def unfinished() -> Result:
    """Make a result whose second exercise has points missing, with two diagnoses."""
    lost = exercise(
        2,
        check(points=4.0),
        check("failed", 6.0, message="`x.grad` is None."),
        diagnoses=(
            diagnosis(
                file="ex2.py",
                source="    f = 5 * x**2",
                link="https://docs.pytorch.org/x.html",
                original="TypeError: 'NoneType'",
            ),
            diagnosis(slug="not-printed", title="Nothing was printed", file="ex2.py", line=16),
        ),
        found_in=("two_variables: ex2.py",),
        notes=("float64 is fine.",),
    )
    return result(exercise(1, check()), lost, explained("Gradients add up otherwise."), exercise(4, check()))


@pytest.fixture
def untouched() -> Result:
    """Make a result of four stubs."""
    stub = diagnosis(slug="not-started", title="Not started yet", hint="Open `ex1.py`.")
    return result(*(exercise(n, check("failed"), diagnoses=(stub,)) for n in (1, 2, 3, 4)))
