"""The course that the program comes with, proved on all its known answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.host.worker import Worker
from autograd_grader.observe.observer import Limits
from autograd_grader.prove.docs import diagnosis_page
from autograd_grader.prove.proof import Proof, prove_answers
from autograd_grader.prove.run import observing

if TYPE_CHECKING:
    from autograd_grader.course import Course

COMMONEST = {
    "graph-broken", "accumulated", "aliased-grad", "zeroed-too-early", "grad-is-none", "by-hand-only", "hard-coded",
    "fresh-leaves", "non-leaf-grad", "not-by-hand",
}  # fmt: skip
CONTRACT = COMMONEST | {
    "not-started", "missing-function", "syntax-error", "import-error", "wrong-signature", "wrong-return",
    "swapped-returns", "missing-requires-grad", "integer-tensor", "never-called-backward", "non-scalar-backward",
    "inplace-on-leaf", "backward-twice", "wrong-backward", "wrong-input", "wrong-formula", "zeroed-one-only",
    "not-accumulating", "ignores-passes", "wrong-derivative", "not-printed", "raised", "timed-out", "out-of-memory",
    "crashed", "too-much-output", "not-allowed",
}  # fmt: skip


@pytest.fixture(scope="module")
def proof(course: Course, warm: Worker) -> Proof:
    found = Proof()
    with warm.again() as second:
        prove_answers(
            course, observing([SandboxObserver(worker, Limits(call=5.0)) for worker in (warm, second)]), found
        )
    return found


def test_stubs_earn_nothing_right_answers_everything_and_wrong_ones_are_caught_and_named(proof: Proof) -> None:
    assert proof.problems == []


def test_every_slug_of_the_contract_has_known_wrong_answers_and_no_other_is_used(proof: Proof) -> None:
    assert set(proof.slugs) == CONTRACT


@pytest.mark.parametrize("slug", sorted(CONTRACT))
def test_each_known_wrong_answer_is_caught_and_named_first(proof: Proof, slug: str) -> None:
    tally = proof.slugs[slug]
    assert tally.answers >= (8 if slug in COMMONEST else 4)
    assert tally.caught == tally.named == tally.answers


def test_each_exercise_has_right_answers_in_many_styles(proof: Proof) -> None:
    assert all(count >= 14 for count in proof.right.values())


def test_the_table_in_the_docs_is_the_one_that_the_rules_make(course: Course) -> None:
    assert (course.root / "docs" / "diagnoses.md").read_text("utf-8") == diagnosis_page(course)
