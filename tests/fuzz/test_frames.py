"""Whatever children send, every planned call has an observation, which is graded, and lies earn nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from autograd_grader.batch.grading import SESSION_SIZE
from autograd_grader.model.observation import Observation
from autograd_grader.observe.observer import Limits

from .cases import any_json, cases
from .played import TOKEN, Fault, forgeries, framed, losses, observed, together
from .recorded import ALMA, ROSA, UMUT
from .sound import graded

if TYPE_CHECKING:
    from autograd_grader.course import Course
    from autograd_grader.model.result import Result

RECORDED = st.sampled_from([ALMA, ROSA, UMUT])


class Play(NamedTuple):
    """An observation as it is played, and what its children do wrong, one after the other."""

    seen: Observation
    faults: tuple[Fault, ...]

    def __repr__(self) -> str:
        """Without the observation, which is too long to read."""
        return f"{self.seen.submission}: {self.faults}"


def plays(faults: st.SearchStrategy[Fault]) -> st.SearchStrategy[list[Play]]:
    """As many plays as one session grades."""
    some = st.lists(faults, min_size=1, max_size=4).map(tuple)
    return st.lists(st.builds(Play, RECORDED, some), min_size=SESSION_SIZE, max_size=SESSION_SIZE)


def planned(seen: Observation) -> list[tuple[str, str]]:
    """The calls and constants of a plan."""
    return [(e.exercise, c) for e in seen.plan.exercises for c in (*(call.id for call in e.calls), *e.constants)]


def observed_all(plays: list[Play]) -> list[Observation]:
    """What the observer makes of each, with no call lost, and nothing that could not be kept."""
    seen = [observed(play.seen, *play.faults) for play in plays]
    for one in seen:
        assert [(call.exercise, call.call) for call in one.calls] == planned(one)
        assert Observation.model_validate_json(one.model_dump_json()).model_dump_json() == one.model_dump_json()
    return seen


def earned(result: Result) -> set[tuple[str, str]]:
    """The checks that were not failed."""
    return {(e.id, check.id) for e in result.exercises for check in e.checks if check.outcome != "failed"}


def test_what_honest_children_send_is_observed_as_it_was(course: Course) -> None:
    seen = [observed(one) for one in (ALMA, ROSA, UMUT)]
    assert [one.calls for one in seen] == [one.calls for one in (ALMA, ROSA, UMUT)]
    assert [result.score for result in graded(course, seen)] == [38.0, 19.5, 10.5]


@settings(cases(5), phases=[Phase.generate])
@given(played=plays(losses()))
def test_frames_that_are_lost_or_out_of_turn_earn_nothing_new(course: Course, played: list[Play]) -> None:
    *results, alma, rosa, umut = graded(course, [*observed_all(played), ALMA, ROSA, UMUT])
    honest = {result.submission: earned(result) for result in (alma, rosa, umut)}
    for play, result in zip(played, results, strict=True):
        assert earned(result) <= honest[result.submission], play


@settings(cases(6), phases=[Phase.generate])
@given(played=plays(forgeries()))
def test_frames_that_say_something_else_are_graded(course: Course, played: list[Play]) -> None:
    assert len(graded(course, observed_all(played))) == SESSION_SIZE


garbage = st.binary(max_size=200) | st.lists(any_json, max_size=4).map(
    lambda values: together([TOKEN.encode() + json.dumps(value).encode() for value in values])
)


def all_alike(written: bytes, *, after_syntax: bool, stays: bool = False) -> list[Fault]:
    """As many children as there could be calls and files, all of which write the same."""
    return [Fault("alike", lambda frames: (framed(frames[0]) if after_syntax else b"") + written, stays)] * 60


@cases(700)
@given(seen=RECORDED, written=garbage, after_syntax=st.booleans())
def test_garbage_earns_nothing(seen: Observation, written: bytes, *, after_syntax: bool) -> None:
    calls = observed(seen, *all_alike(written, after_syntax=after_syntax)).calls
    assert {(call.outcome, call.returned) for call in calls} == {("crashed", None)}
    assert len(calls) == len(planned(seen))


@cases(100)
@given(seen=RECORDED, written=garbage, after_syntax=st.booleans())
def test_children_that_never_end_cost_their_time_alone(
    seen: Observation, written: bytes, *, after_syntax: bool
) -> None:
    children = all_alike(written, after_syntax=after_syntax, stays=True)
    calls = observed(seen, *children, limits=Limits(call=0.001)).calls
    assert {(call.returned, call.outcome in {"crashed", "timed-out"}) for call in calls} == {(None, True)}
    assert len(calls) == len(planned(seen))
