"""A course folder: `exercises/` with `course.toml` and the stubs, and `graders/` with what grades them."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from pathlib import Path

from autograd_grader.course.graders import Grader, load_graders
from autograd_grader.course.manifest import Exercise, read_manifest, read_text
from autograd_grader.course.opening import EXERCISES, GRADERS, built_in_folder
from autograd_grader.course.target import Target
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Submission


class Course:
    """A course that was opened: its manifest is checked at once, its graders when they are first needed."""

    def __init__(self, root: Path, *, name: str | None = None) -> None:
        """Read the course at `root`, which is installed under `name`; raises `CourseError` when it is not sound."""
        self.root = root
        self.stubs = root / EXERCISES
        self.graders = root / GRADERS
        manifest = read_manifest(self.stubs, self.graders)
        self.title = manifest.title
        self.exercises = manifest.exercises
        self._name = name

    @property
    def spec(self) -> str | None:
        """What `open_course` finds it by again, from any folder: a name or an absolute path; None if it is built in."""
        if self._name is not None:
            return self._name
        root = self.root.resolve()
        return None if root == built_in_folder().resolve() else str(root)

    def plan(self, submission: Submission, seed: str | None = None) -> Plan:
        """The call plan for one submission, its numbers drawn from `seed`; raises `CourseError` if it is not sound.

        Without one, the seed is the digest of its sources: the same work is always called with the same numbers, and
        an answer that was written for the numbers of one run is another work, with others.
        """
        seed = seed or submission.digest()[:16]
        return Plan(seed=seed, exercises=tuple(self._graders[e.id].plan(seed) for e in self.exercises))

    def targets(self, exercise: Exercise) -> Mapping[str, Target]:
        """What each function of an exercise is to compute."""
        return self._graders[exercise.id].targets

    def stub_text(self, exercise: Exercise) -> str:
        """The source of an exercise's stub."""
        return read_text(self.stubs / exercise.stub)

    def digest(self) -> str:
        """The SHA-256 of all that marks depend on, in hexadecimal: manifest, stubs, and every file of graders/."""
        sha = hashlib.sha256()
        names = ("course.toml", *(exercise.stub for exercise in self.exercises))
        for path in (*(self.stubs / name for name in names), *sorted(self.graders.glob("*.py"))):
            text = read_text(path).encode()
            sha.update(f"{path.name}\0{len(text)}\0".encode() + text)
        return sha.hexdigest()

    @functools.cached_property
    def grader_files(self) -> tuple[Path, ...]:
        """The graders' pytest files, in the exercises' order."""
        return tuple(self.graders / exercise.grader for exercise in self.exercises)

    @property
    def rules_file(self) -> Path | None:
        """The file of the course's own diagnosis rules, where it has some."""
        path = self.graders / "diagnosis.py"
        return path if path.is_file() else None

    @functools.cached_property
    def _graders(self) -> Mapping[str, Grader]:
        return load_graders(self.graders, self.exercises)
