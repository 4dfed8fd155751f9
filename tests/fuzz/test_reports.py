"""Whatever an observation says, it is graded and reported, for no more points than there are."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from autograd_grader.batch.grading import SESSION_SIZE
from autograd_grader.model.observation import CallObservation, FileFacts, Load, Observation

from .cases import cases, change
from .recorded import ALMA, ROSA, UMUT
from .sound import reported

if TYPE_CHECKING:
    from pathlib import Path

    from autograd_grader.course import Course
    from autograd_grader.model.base import Record

PARTS: dict[str, type[Record]] = {"calls": CallObservation, "loads": Load, "facts": FileFacts}
WHOLE_FIELDS = ("submission", "origin", "problem", "notices", "chosen", "sources", "changes")
BLANK = {"submission": "", "origin": "", "digest": "", "plan": {"seed": "", "exercises": ()}}


class Odd(NamedTuple):
    """A recorded observation with odd things in it."""

    seen: Observation
    changes: tuple[object, ...]

    def __repr__(self) -> str:
        """What is odd alone: a whole observation is too long to read."""
        return f"{self.seen.digest[:6]}: {self.changes}"


@st.composite
def odd_observations(draw: st.DrawFn) -> Odd:
    """A recorded observation with up to five odd things in it, those left out that would not be taken from a child."""
    odd = Odd(draw(st.sampled_from([ALMA, ROSA, UMUT])), ())
    for _ in range(draw(st.integers(1, 8))):
        field = draw(st.sampled_from(["calls"] * 12 + ["loads", "facts"] * 2 + [*WHOLE_FIELDS]))
        with contextlib.suppress(ValidationError):
            odd = _part_changed(draw, odd, field) if field in PARTS else _field_changed(draw, odd, field)
    return odd


def _part_changed(draw: st.DrawFn, odd: Odd, field: str) -> Odd:
    parts = list(getattr(odd.seen, field))
    if not parts:
        return odd
    index = draw(st.integers(0, len(parts) - 1))
    data = json.loads(parts[index].model_dump_json())
    new = change(draw, data)
    parts[index] = PARTS[field].model_validate_json(json.dumps(new.of(data)))
    return Odd(odd.seen.model_copy(update={field: tuple(parts)}), (*odd.changes, field, index, new))


def _field_changed(draw: st.DrawFn, odd: Odd, field: str) -> Odd:
    data = odd.seen.model_dump(mode="json", include={field})[field]
    new = change(draw, data)
    other = Observation.model_validate_json(json.dumps(BLANK | {field: new.of(data)}))
    return Odd(odd.seen.model_copy(update={field: getattr(other, field)}), (*odd.changes, field, new))


@settings(cases(10), phases=[Phase.generate])  # a session takes too long to look for the smallest case
@given(odd=st.lists(odd_observations(), min_size=SESSION_SIZE, max_size=SESSION_SIZE))
def test_any_observation_is_graded_and_reported(course: Course, tmp_path: Path, odd: list[Odd]) -> None:
    assert len(reported(course, [one.seen for one in odd], tmp_path)) == SESSION_SIZE
