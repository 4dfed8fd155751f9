"""The result of grading one submission: the one truth that every report is made from (`report.json`)."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import ConfigDict

from autograd_grader.model.base import Record

SCHEMA: Final = 1
"""The version of `report.json`'s layout."""

_STRICT_JSON = ConfigDict(ser_json_inf_nan="null")
"""`report.json` is read by programs in any language: no `NaN`, which is no JSON."""

Outcome = Literal["passed", "failed", "awaiting_review"]
Status = Literal["graded", "partial", "unreadable"]


class CheckResult(Record):
    """One check of one exercise."""

    model_config = _STRICT_JSON

    id: str
    title: str
    outcome: Outcome
    points: float
    max_points: float
    message: str
    """What was wrong, in the student's terms; for a check that awaits review, the text to read; empty if it passed."""


class Diagnosis(Record):
    """The misconception behind failed checks."""

    slug: str
    title: str
    explanation: str
    hint: str
    line: int | None
    """The line in the student's file, or in the notebook's cell, counted from 1."""
    file: str | None = None
    cell: int | None = None
    """The notebook's cell, counted from 1; None in a `.py` file."""
    source: str | None = None
    """The student's own line, quoted from what was handed in."""
    link: str | None = None
    """The page of PyTorch's documentation that teaches it."""
    original: str | None = None
    """What Python or PyTorch itself said."""


class ExerciseResult(Record):
    """One exercise's checks, points and diagnoses (the likeliest root cause first)."""

    model_config = _STRICT_JSON

    id: str
    title: str
    score: float
    max_score: float
    awaiting_review: float
    checks: tuple[CheckResult, ...]
    diagnoses: tuple[Diagnosis, ...] = ()
    found_in: tuple[str, ...] = ()
    """Where each function was taken from, `name: path`, and what else bore its name."""
    notes: tuple[str, ...] = ()
    """What is worth knowing and costs no points."""


class Flag(Record):
    """Something that honest work does not do; for the staff alone."""

    slug: str
    detail: str


class Result(Record):
    """The marks of one submission."""

    model_config = _STRICT_JSON

    schema_version: Literal[1] = SCHEMA
    course: str = ""
    """The course's title; empty in a report that an older version of this program wrote."""
    submission: str
    origin: str
    score: float
    max_score: float
    awaiting_review: float
    status: Status
    exercises: tuple[ExerciseResult, ...]
    flags: tuple[Flag, ...] = ()
    notices: tuple[str, ...] = ()
    seed: str | None = None
    """What its numbers were drawn from; None in a student's own report, which holds neither it nor flags."""
    engine: str
    """The version of this program that graded."""
    key: str = ""
    """The digest of all that this result depends on; empty where it is not kept for a later batch."""
