"""From observations to results: checks, diagnoses, points, status and flags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from autograd_grader import __version__
from autograd_grader.course import Course, Exercise
from autograd_grader.errors import CourseError
from autograd_grader.grade.broken import BrokenRules
from autograd_grader.grade.checks.session import Outcome, run_checks
from autograd_grader.grade.diagnose.course_rules import CourseRules, course_rules
from autograd_grader.grade.diagnose.diagnosis import diagnose
from autograd_grader.grade.evidence.exercise import ExerciseEvidence
from autograd_grader.grade.flags import flags_of
from autograd_grader.grade.notes import notes_on
from autograd_grader.model.observation import Observation
from autograd_grader.model.result import CheckResult, ExerciseResult, Flag, Result, Status

_OUTCOMES = {"passed": "passed", "failed": "failed", "skipped": "awaiting_review"}
_CUT_SHORT = frozenset(
    {"syntax-error", "import-error", "timed-out", "out-of-memory", "crashed", "too-much-output", "not-allowed"}
)


def grade(course: Course, observations: Sequence[Observation]) -> list[Result]:
    """The results of many submissions, in their order, from one pytest session.

    Raises `CourseError` when a grader is not sound.
    """
    if not observations:
        return []
    own = course_rules(course)
    evidence = [exercises_of(course, observation) for observation in observations]
    by_grader = {e.grader: [of[e.id] for of in evidence] for e in course.exercises}
    outcomes: dict[tuple[int, str], list[Outcome]] = defaultdict(list)
    for outcome in run_checks(course.grader_files, by_grader):
        outcomes[outcome.submission, outcome.exercise].append(outcome)
    return [
        _result(course, own, evidence[index], {e.id: outcomes[index, e.id] for e in course.exercises})
        for index in range(len(observations))
    ]


def exercises_of(course: Course, observation: Observation) -> dict[str, ExerciseEvidence]:
    """Each exercise as the graders see it; raises `CourseError` where its calls were not observed."""
    plans = {plan.exercise: plan for plan in observation.plan.exercises}
    missing = [e.id for e in course.exercises if e.id not in plans]
    if missing:
        message = f"no call of {missing[0]} was observed: run the submission again with this course"
        raise CourseError(message)
    return {e.id: ExerciseEvidence(plans[e.id], observation, course.targets(e)) for e in course.exercises}


def _result(
    course: Course, own: CourseRules, evidence: dict[str, ExerciseEvidence], outcomes: dict[str, list[Outcome]]
) -> Result:
    observation = next(iter(evidence.values())).observation
    broken = BrokenRules()
    exercises = tuple(_exercise(e, own, evidence[e.id], outcomes[e.id], broken) for e in course.exercises)
    flags = flags_of(observation, evidence, broken)
    slugs = {d.slug for e in exercises for d in e.diagnoses}
    return Result(
        course=course.title,
        submission=observation.submission,
        origin=observation.origin,
        score=_sum(e.score for e in exercises),
        max_score=_sum(e.max_score for e in exercises),
        awaiting_review=_sum(e.awaiting_review for e in exercises),
        status=_status(observation, slugs),
        exercises=exercises,
        flags=(*flags, *_broken_checks(outcomes), *broken.flags),
        notices=_notices(observation),
        seed=observation.plan.seed,
        engine=__version__,
    )


def _exercise(
    exercise: Exercise,
    own: CourseRules,
    evidence: ExerciseEvidence,
    outcomes: Sequence[Outcome],
    broken: BrokenRules,
) -> ExerciseResult:
    checks = tuple(_check(outcome) for outcome in outcomes)
    total = _sum(check.max_points for check in checks)
    if abs(total - exercise.points) > 1e-9:
        message = f"the checks of {exercise.grader} are worth {total:g} points, course.toml says {exercise.points:g}"
        raise CourseError(message)
    failed = any(check.outcome == "failed" for check in checks)
    return ExerciseResult(
        id=exercise.id,
        title=exercise.title,
        score=_sum(check.points for check in checks),
        max_score=exercise.points,
        awaiting_review=_sum(c.max_points for c in checks if c.outcome == "awaiting_review"),
        checks=checks,
        diagnoses=diagnose(evidence, own, broken) if failed else (),
        notes=notes_on(evidence, broken),
        found_in=tuple(_where(evidence, name) for name in evidence.functions if evidence.path(name)),
    )


def _check(outcome: Outcome) -> CheckResult:
    return CheckResult(
        id=outcome.check,
        title=outcome.title,
        outcome=_OUTCOMES[outcome.outcome],  # type: ignore[arg-type]
        points=outcome.points if outcome.outcome == "passed" else 0.0,
        max_points=outcome.points,
        message=outcome.message,
    )


def _where(evidence: ExerciseEvidence, name: str) -> str:
    taken, *others = evidence.observation.chosen[name]
    also = "also defines it and was" if len(others) == 1 else "also define it and were"
    passed_over = f" ({', '.join(others)} {also} not used)" if others else ""
    return f"{name}: {taken}{passed_over}"


def _notices(observation: Observation) -> tuple[str, ...]:
    problem = observation.problem
    if problem is None:
        return observation.notices
    return (problem, *(notice for notice in observation.notices if notice not in problem))


def _status(observation: Observation, slugs: set[str]) -> Status:
    if observation.problem:
        return "unreadable"
    return "partial" if slugs & _CUT_SHORT else "graded"


def _broken_checks(outcomes: dict[str, list[Outcome]]) -> Iterable[Flag]:
    for exercise, checks in outcomes.items():
        for outcome in checks:
            if outcome.broken:
                yield Flag(slug="broken-check", detail=f"{exercise}/{outcome.check} raised: {outcome.message}")


def _sum(points: Iterable[float]) -> float:
    return round(sum(points), 4)
