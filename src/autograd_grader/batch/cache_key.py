"""The cache key of a result: everything that the result depends on. Equal keys stand for equal results."""

from __future__ import annotations

import functools
import hashlib
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from autograd_grader import __version__
from autograd_grader.course import Course
from autograd_grader.model.base import Record
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Submission

_PACKAGE = Path(__file__).parents[1]
_OURS = (".py", ".j2")


class CacheKey(Record):
    """What one submission's result depends on, each part by itself, so that a person can tell them apart."""

    submission: str
    """What was handed in, as it was read: names, sources, and what could not be read and why."""
    plan: str
    """The calls and their numbers, and so the seed and how it is chosen."""
    course: str
    observer: str
    """The program that ran the student's code."""
    engine: str
    """The program that graded what was observed: another one than `observer` after a regrade."""
    torch: str
    python: str
    options: dict[str, float | str]
    """The options that marks may depend on: the time-out, the sandbox."""

    def digest(self) -> str:
        """The SHA-256 of all parts, in hexadecimal."""
        return _sha(self.model_dump_json())


@dataclass(frozen=True)
class CacheKeyParts:
    """The parts of the cache key that all submissions of a batch share."""

    course: str
    engine: str
    torch: str
    python: str
    options: Mapping[str, float | str]

    @classmethod
    def of(cls, course: Course, **options: float | str) -> CacheKeyParts:
        """The parts as they are now; torch is not imported for its version."""
        return cls(course.digest(), engine(), metadata.version("torch"), platform.python_version(), options)

    def key(self, submission: Submission, plan: Plan) -> CacheKey:
        """The cache key of one submission's result."""
        return CacheKey(
            submission=_content(submission, plan),
            plan=_sha(plan.model_dump_json()),
            course=self.course,
            observer=self.engine,
            engine=self.engine,
            torch=self.torch,
            python=self.python,
            options=dict(self.options),
        )


@functools.cache
def engine() -> str:
    """This program's version and a digest of its own files, which in a checkout change without the version."""
    sha = hashlib.sha256()
    for path in sorted(p for p in _PACKAGE.rglob("*") if p.suffix in _OURS and "_course" not in p.parts):
        sha.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{__version__}+{sha.hexdigest()[:16]}"


def _content(submission: Submission, plan: Plan) -> str:
    """All of a submission that its result depends on.

    Not the times of its files, which a copy or a checkout sets anew, but their order where it decides which of two
    definitions of a name is taken.
    """
    sha = hashlib.sha256(submission.model_dump_json(exclude={"files": {"__all__": {"modified"}}}).encode())
    for name in sorted(_names(plan)):
        files = [file for file in submission.files if any(name in cell.source for cell in file.cells)]
        if len(files) > 1:
            for file in sorted(files, key=lambda f: (-f.modified, f.path)):
                sha.update(f"{name}\0{file.path}\0".encode())
    return sha.hexdigest()


def _names(plan: Plan) -> set[str]:
    functions = {call.function for exercise in plan.exercises for call in exercise.calls}
    return functions.union(*(exercise.constants for exercise in plan.exercises))


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
