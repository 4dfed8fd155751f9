"""The proof itself: grade everything that is known about a course, and say where the graders are wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from autograd_grader.course import Course
from autograd_grader.grade.diagnose.course_rules import slugs_of
from autograd_grader.grade.grading import exercises_of, grade
from autograd_grader.model.observation import Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.result import ExerciseResult, Result
from autograd_grader.model.submission import Submission
from autograd_grader.prove.answers import Answer, references, right_answers, stubs, submission, wrong_answers
from autograd_grader.prove.behaviour import behaviour
from autograd_grader.prove.mutants import Mutant, mutants

Work = tuple[Submission, Plan]
Observe = Callable[[Sequence[Work]], list[Observation]]
"""Observes many submissions, each with its plan, in their order."""
SESSION_SIZE = 64
"""Submissions that are observed and graded together: few enough to be held in memory."""


@dataclass
class Tally:
    """The wrong answers of one slug: how many there are, lost points, were named first."""

    answers: int = 0
    caught: int = 0
    named: int = 0


@dataclass
class Mutation:
    """The mutants of one exercise, by what became of them."""

    mutants: int = 0
    killed: int = 0
    equivalent: int = 0
    survived: int = 0


@dataclass
class Proof:
    """What the proof found."""

    right: Counter[str] = field(default_factory=Counter)
    """Right answers, by exercise."""
    slugs: dict[str, Tally] = field(default_factory=dict)
    mutations: dict[str, Mutation] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    """One line for each thing that is wrong with the course; empty when it is sound."""


def prove(course: Course, observe: Observe) -> Proof:
    """Grade stubs, right and wrong answers and mutants of a course; raises `CourseError` when it can't be graded."""
    proof = Proof()
    prove_answers(course, observe, proof)
    prove_mutants(course, observe, proof)
    return proof


def prove_answers(course: Course, observe: Observe, proof: Proof) -> None:
    """Grade what is written down: the stubs earn nothing, right answers everything, wrong ones are caught and named."""
    _prove_stubs(course, observe, proof)
    _prove_right(course, observe, proof)
    _prove_wrong(course, observe, proof)


def _grade(course: Course, observe: Observe, work: Sequence[Work]) -> list[tuple[Observation, Result]]:
    graded: list[tuple[Observation, Result]] = []
    for start in range(0, len(work), SESSION_SIZE):
        observations = observe(work[start : start + SESSION_SIZE])
        graded += zip(observations, grade(course, observations), strict=True)
    return graded


def _planned(course: Course, handed_in: Submission, seed: str | None = None) -> Work:
    return handed_in, course.plan(handed_in, seed)


def _exercise(result: Result, exercise: str) -> ExerciseResult:
    return next(e for e in result.exercises if e.id == exercise)


def _full(exercise: ExerciseResult) -> bool:
    return exercise.score + exercise.awaiting_review == exercise.max_score


def _prove_stubs(course: Course, observe: Observe, proof: Proof) -> None:
    (_, result), *_ = _grade(course, observe, [_planned(course, submission(course, "stubs", stubs(course)))])
    for exercise in result.exercises:
        if exercise.score or exercise.awaiting_review:
            stub = next(e.stub for e in course.exercises if e.id == exercise.id)
            earned = exercise.score + exercise.awaiting_review
            proof.problems.append(f"the stub {stub} earns {earned:g} points as it is handed out; it must earn none")


def _answered(course: Course, answers: Iterable[Answer]) -> list[Work]:
    rest = references(course)
    return [
        _planned(course, submission(course, f"{a.exercise}-{a.name}", rest | {a.exercise: a.source})) for a in answers
    ]


def _prove_right(course: Course, observe: Observe, proof: Proof) -> None:
    answers = right_answers(course)
    for answer, (_, result) in zip(answers, _grade(course, observe, _answered(course, answers)), strict=True):
        proof.right[answer.exercise] += 1
        where = f"{answer.exercise}/right/{answer.name}"
        for exercise in result.exercises:
            for check in exercise.checks:
                if check.outcome == "failed":
                    proof.problems.append(f"{where} fails {exercise.id}/{check.id}: {check.message}")
        if result.flags:
            proof.problems.append(f"{where} is flagged: {result.flags[0].detail}")


def _prove_wrong(course: Course, observe: Observe, proof: Proof) -> None:
    slugs = slugs_of(course)
    answers, unnamed = wrong_answers(course, slugs)
    proof.problems += unnamed
    proof.slugs = {slug: Tally() for slug in sorted(slugs)}
    for answer, (_, result) in zip(answers, _grade(course, observe, _answered(course, answers)), strict=True):
        where = f"{answer.exercise}/wrong/{answer.name}"
        tally = proof.slugs[answer.slug or ""]
        tally.answers += 1
        exercise = _exercise(result, answer.exercise)
        first = exercise.diagnoses[0].slug if exercise.diagnoses else "nothing"
        if _full(exercise):
            proof.problems.append(f"{where} earns all points")
        else:
            tally.caught += 1
        if first == answer.slug:
            tally.named += 1
        else:
            proof.problems.append(f"{where} is named {first} first")
        proof.problems += [
            f"{where} costs points in {other.id}"
            for other in result.exercises
            if other is not exercise and not _full(other)
        ]
        proof.problems += _broken(where, result)


def _broken(where: str, result: Result) -> list[str]:
    """A line for each check and rule of the course that raised on an answer."""
    return [f"{where}: {flag.detail}" for flag in result.flags if flag.slug in ("broken-check", "broken-rule")]


def prove_mutants(course: Course, observe: Observe, proof: Proof) -> None:
    """Grade mutants of the references: one that earns all points must behave as the reference does."""
    rest = references(course)
    for exercise in course.exercises:
        tally = proof.mutations[exercise.id] = Mutation()
        leaves = dict.fromkeys(leaf for target in course.targets(exercise).values() for leaf in target.leaves)
        made = mutants(rest[exercise.id], leaves)
        sources = [rest[exercise.id], *(mutant.source for mutant in made)]
        handed_in = [submission(course, f"mutant-{n}", rest | {exercise.id: s}) for n, s in enumerate(sources)]
        # All are called with the same numbers, so that what differs is the mutant's doing.
        work = [_planned(course, one, seed="mutants") for one in handed_in]
        (original, _), *graded = _grade(course, observe, work)
        for mutant, (observation, result) in zip(made, graded, strict=True):
            tally.mutants += 1
            if not _full(_exercise(result, exercise.id)):
                tally.killed += 1
            elif _alike(course, exercise.id, original, observation):
                tally.equivalent += 1
            else:
                tally.survived += 1
                proof.problems.append(_survivor(exercise.id, mutant))
            where = f"{exercise.id}: a mutant ({mutant.operator}, line {mutant.line})"
            proof.problems += [line for line in _broken(where, result) if line not in proof.problems][:1]


def _alike(course: Course, exercise: str, one: Observation, other: Observation) -> bool:
    return behaviour(exercises_of(course, one)[exercise]) == behaviour(exercises_of(course, other)[exercise])


def _survivor(exercise: str, mutant: Mutant) -> str:
    return f"{exercise}: a mutant survived ({mutant.operator}, line {mutant.line}): {mutant.source!r}"
