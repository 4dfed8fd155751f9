"""A hostile class as `grade batch` graded it."""

from __future__ import annotations

import csv
import functools
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autograd_grader.intake.names import clean
from autograd_grader.prove.answers import references

from .hostile_class import FULL, honest, make_class
from .injected import PAYLOADS, broken, put

if TYPE_CHECKING:
    from autograd_grader.course import Course

HONEST = ("honest-1", "middle", "zz-honest")
_COMMAND = Path(sys.executable).with_name("grade")
_INJECTED = tuple(PAYLOADS)


@dataclass(frozen=True)
class GradedClass:
    """What came of the run, and of one `grade` of a single hostile submission."""

    done: subprocess.CompletedProcess[str]
    own: subprocess.CompletedProcess[str]
    out: Path
    handed_in: int

    @functools.cached_property
    def rows(self) -> list[dict[str, str]]:
        """The gradebook."""
        with (self.out / "gradebook.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @functools.cached_property
    def _ids(self) -> dict[str, str]:
        reports = [json.loads(path.read_text("utf-8")) for path in self.out.glob("*/report.json")]
        return {report["origin"]: report["submission"] for report in reports}

    def row(self, handed_in: str) -> dict[str, str]:
        """The row of what was handed in under a name."""
        wanted = self._ids[clean(handed_in)]
        (row,) = [row for row in self.rows if row["submission"].removeprefix("'") == wanted]
        return row

    def folder(self, handed_in: str) -> Path:
        """The folder with its reports."""
        return self.out / self._ids[clean(handed_in)]

    def injected(self, payload: str, kind: str) -> str:
        """The name under which a hostile text was handed in."""
        return f"{kind}-{_INJECTED.index(payload)}"

    def check_the_honest(self) -> None:
        """Fail unless the honest ones have all points."""
        assert [float(self.row(name)["score"]) for name in HONEST] == [FULL] * len(HONEST)


def graded_class(course: Course, top: Path) -> GradedClass:
    """Make the class below a folder, and grade it from inside itself, where its own modules and settings lie."""
    files = {e.stub: references(course)[e.id] for e in course.exercises}
    work = top / "class"
    work.mkdir()
    for name in HONEST:
        honest(work / name, files)
    make_class(work, files)
    for number, text in enumerate(PAYLOADS.values()):
        put(work / f"says-{number}", text, files)
        broken(work / f"quoted-{number}", text, files)
    handed_in = len(list(work.iterdir()))
    done = _run("batch", "..", "--out", "../../reports", cwd=work / "with-conftest.py")
    commands = _INJECTED.index("workflow commands")
    own = _run(f"../class/says-{commands}", "--out", "../reports/own", cwd=work)
    shutil.rmtree(top / "reports" / "own")
    return GradedClass(done, own, top / "reports", handed_in)


def _run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [_COMMAND, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=300,
        check=False,
    )
