"""Courses other than the built-in one; what lies in their folders is graded, not collected."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Protocol

import pytest

collect_ignore_glob = ["*/graders", "*/exercises"]

COMMAND = Path(sys.executable).with_name("grade")


class Run(Protocol):
    """Runs `grade` in a folder and gives what came of it."""

    def __call__(self, *arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture(scope="session")
def run() -> Run:
    def run_command(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [COMMAND, *arguments],
            cwd=cwd,
            env={**os.environ, "COLUMNS": "100", **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=100,
            check=False,
        )

    return run_command


class Graded:
    """A folder of reports, as `grade batch` left it."""

    def __init__(self, out: Path) -> None:
        self.out = out

    @property
    def gradebook(self) -> str:
        return (self.out / "gradebook.csv").read_text("utf-8")

    @property
    def columns(self) -> list[str]:
        return self.gradebook.splitlines()[0].split(",")

    def row(self, name: str) -> dict[str, str]:
        return next(row for row in csv.DictReader(self.gradebook.splitlines()) if row["submission"] == name)

    @property
    def index(self) -> str:
        return (self.out / "index.html").read_text("utf-8")

    def page(self, name: str) -> str:
        return (self.out / name / "report.html").read_text("utf-8")

    def report(self, name: str) -> dict[str, Any]:
        report: dict[str, Any] = json.loads((self.out / name / "report.json").read_text("utf-8"))
        return report

    def slugs(self, name: str) -> dict[str, list[str]]:
        """The diagnoses of each exercise."""
        return {e["id"]: [d["slug"] for d in e["diagnoses"]] for e in self.report(name)["exercises"]}
