"""What an attack is: student code in place of exercise 1, and what came of it and of everybody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING

from autograd_grader.grade.grading import grade
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.observer import Limits
from autograd_grader.prove.answers import in_place, references, submission

if TYPE_CHECKING:
    from autograd_grader.course import Course
    from autograd_grader.model.observation import CallObservation, Observation
    from autograd_grader.model.result import Result
    from autograd_grader.observe.host.worker import Worker

    Attack = Callable[[Mapping[str, str]], dict[str, "Outcome"]]

# libc is called past Python's audit hook: what refuses here is the kernel.
_TRY = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)

def made(result):
    if result == -1:
        raise OSError(ctypes.get_errno(), "refused")
    return result

def unless(error):
    if error:
        raise OSError(error, "refused")

def read(path):
    return os.read(made(libc.open(path.encode(), 0)), 100)

def single_variable(z0=5.0):
    for name, attempt in ATTEMPTS.items():
        try:
            print(name, "THROUGH", attempt(), sep="|")
        except OSError as error:
            print(name, "REFUSED", error.errno, sep="|")
"""
REFUSALS = {"1", "13", "38"}
"""Not permitted, no access, not known here."""
_TOGETHER = 10


@dataclass(frozen=True)
class Outcome:
    """What came of one attack, and of the honest submission that was observed right after it."""

    result: Result
    seen: Observation
    next: Result

    @property
    def call(self) -> CallObservation:
        """The first call of the hostile exercise."""
        return next(call for call in self.seen.calls if call.exercise == "ex1")

    @property
    def earned(self) -> float:
        """The points of the hostile exercise."""
        return next(e.score for e in self.result.exercises if e.id == "ex1")

    @property
    def ending(self) -> str:
        """How the hostile file's loading ended, or else the first call: in one word."""
        load = next(load for load in self.seen.loads if load.path.startswith("ex1"))
        errors = [error.type for error in (*load.errors, *([self.call.error] if self.call.error else []))]
        ways = [load.outcome if load.outcome != "loaded" else "", *errors, self.call.outcome]
        return "too-much-output" if load.too_much_output else next(way for way in ways if way)

    def check_refused(self, name: str) -> None:
        """Fail unless the kernel refused this attempt of those that the submission makes."""
        assert self.call.outcome == "returned", self.call.error or self.call.detail
        (line,) = [line for line in self.call.printed.splitlines() if line.startswith(f"{name}|")]
        assert line.split("|")[1] == "REFUSED", line
        assert line.split("|")[2] in REFUSALS, line

    def check_the_honest(self) -> None:
        """Fail unless everybody but the attacker has all points."""
        points = {e.id: e.score + e.awaiting_review for e in self.result.exercises if e.id != "ex1"}
        assert points == {"ex2": 10.0, "ex3": 10.0, "ex4": 10.0}, "the same submission's honest exercises lost points"
        assert self.next.score + self.next.awaiting_review == self.next.max_score, "the next submission lost points"


def attempts(expressions: Mapping[str, str], opening: str) -> str:
    """Student code that evaluates each expression, and prints after its name what came of it."""
    lambdas = "".join(f"    {name!r}: lambda: {expression},\n" for name, expression in expressions.items())
    return f"{opening}\n{_TRY}\nATTEMPTS = {{\n{lambdas}}}\n"


def outcomes_of_attempts(attack: Attack, expressions: Mapping[str, str], opening: str) -> dict[str, Outcome]:
    """The outcomes by the names of the attempts; a submission makes several, since each is to change nothing."""
    names = list(expressions)
    parts = [names[start : start + _TOGETHER] for start in range(0, len(names), _TOGETHER)]
    sources = {part[0]: attempts({name: expressions[name] for name in part}, opening) for part in parts}
    found = attack(sources)
    return {name: found[part[0]] for part in parts for name in part}


def outcomes(course: Course, warm: Worker, sources: Mapping[str, str]) -> dict[str, Outcome]:
    """What comes of submissions whose exercise 1 is hostile, an honest one after each; graded in one session."""
    observer = SandboxObserver(warm, Limits(call=1.0))
    honest = submission(course, "next", references(course))
    hostile, following = [], []
    for source in sources.values():
        attacker = in_place(course, "ex1", dedent(source), "hostile")
        hostile.append(observer.observe(attacker, course.plan(attacker)))
        following.append(_timeless(observer.observe(honest, course.plan(honest))))
    # What was seen of the honest ones is as a rule the same each time, and then so are their marks.
    different = {seen.model_dump_json(): seen for seen in following}
    marks = dict(zip(different, grade(course, list(different.values())), strict=True))
    after = [marks[seen.model_dump_json()] for seen in following]
    return dict(zip(sources, map(Outcome, grade(course, hostile), hostile, after), strict=True))


def _timeless(seen: Observation) -> Observation:
    """An observation without the time that its calls took."""
    return seen.model_copy(update={"calls": tuple(c.model_copy(update={"seconds": 0.0}) for c in seen.calls)})
