"""The reports of a batch: results are rendered in every form, and handed to the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograd_grader.batch.cache_key import CacheKey
from autograd_grader.batch.store import Content, ReportStore
from autograd_grader.batch.stored_observation import StoredObservation
from autograd_grader.course import Course
from autograd_grader.model.result import Result
from autograd_grader.report import Gradebook, Renderer, Row


@dataclass(frozen=True)
class Reports:
    """Where reports go, and the forms that they take; whatever writes raises `OutputError`."""

    store: ReportStore
    renderers: Sequence[Renderer[Result]]
    class_renderers: Sequence[Renderer[Gradebook]]

    def write_graded(self, result: Result, stored: StoredObservation | None) -> None:
        """Write the reports of a submission that was observed; without an observation it is graded anew next time."""
        keyed = _with_key(result, stored.key if stored else None)
        self.store.write_graded(result.submission, self._rendered(keyed), stored)

    def write_regraded(self, result: Result, key: CacheKey) -> None:
        """Write new reports over an observation that stays as it is: its own key is of the run that made it."""
        self.store.write_reports(result.submission, self._rendered(_with_key(result, key)))

    def write_own(self, result: Result) -> None:
        """Write the reports of a student's own work: without flags and seed, and nothing is kept for another run."""
        own = result.model_copy(update={"flags": (), "seed": None})
        self.store.write_reports(result.submission, self._rendered(own))

    def write_class(self, course: Course, rows: Sequence[Row]) -> None:
        """Write the gradebook and the class's other files."""
        gradebook = Gradebook(course.title, tuple(exercise.id for exercise in course.exercises), rows)
        self.store.write_class({renderer.name: renderer.render(gradebook) for renderer in self.class_renderers})

    def _rendered(self, result: Result) -> dict[str, Content]:
        return {renderer.name: renderer.render(result) for renderer in self.renderers}


def _with_key(result: Result, key: CacheKey | None) -> Result:
    return result.model_copy(update={"key": key.digest() if key else ""})
