"""A batch that is killed (`kill -9`) at moments spread over its length ends as one that was left alone.

Together with `test_a_run_that_ends_at_any_step_of_writing_is_gone_on_with` these are over fifty ends before the end.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograd_grader.course import Course

COMMAND = Path(sys.executable).with_name("grade")
STUDENTS = 12
ROUNDS = 2
KILLS = 5
PATIENCE = 20.0


@pytest.fixture(scope="module")
def students(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve students with one exercise each, some right and some stubs."""
    folder = tmp_path_factory.mktemp("killed") / "in"
    for number in range(STUDENTS):
        exercise = course.exercises[number % 4]
        answer = course.graders / "answers" / exercise.id / "right" / "reference.py"
        (folder / f"s{number:02}").mkdir(parents=True)
        source = answer if number % 3 else course.stubs / exercise.stub
        shutil.copy(source, folder / f"s{number:02}" / exercise.stub)
    return folder


def start(students: Path, out: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([COMMAND, "batch", students, "--out", out, "--jobs", "1"], stdout=subprocess.DEVNULL)


def finish(students: Path, out: Path) -> dict[str, bytes]:
    """Run to the end, and give what lies there then but for observations, which hold how long each call took."""
    assert start(students, out).wait(100) == 0
    kept = [p for p in sorted(out.rglob("*")) if p.is_file() and p.name != "observation.json.gz"]
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in kept}


def family(pid: int) -> set[int]:
    """A process's children, and theirs."""
    found: set[int] = set()
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = {int(child) for child in path.read_text().split()}
        except OSError:
            continue
        found |= children.union(*map(family, children))
    return found


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z"


def wait_for_the_end_of(pids: set[int]) -> None:
    until = time.monotonic() + PATIENCE
    while any(map(alive, pids)):
        assert time.monotonic() < until, "a process outlived the batch that started it"
        time.sleep(0.02)


def reports(out: Path) -> int:
    return len(list(out.glob("*/report.json")))


def kill_when(process: subprocess.Popen[bytes], out: Path, seconds: float, more: int) -> bool:
    """Kill the batch after so many seconds, or once so many more reports are there; whether it was in time."""
    until, enough = time.monotonic() + seconds, reports(out) + more
    while process.poll() is None and time.monotonic() < until and reports(out) < enough:
        time.sleep(0.002)
    started = family(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    in_time = process.wait() == -signal.SIGKILL
    wait_for_the_end_of(started)
    return in_time


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")
def test_killed_at_many_moments_it_ends_as_if_nothing_had_happened(students: Path, tmp_path: Path) -> None:
    chance = random.Random(4)  # noqa: S311 - moments, not secrets
    begun = time.monotonic()
    undisturbed = finish(students, tmp_path / "undisturbed")
    length = time.monotonic() - begun
    assert len(undisturbed) == 2 * STUDENTS + 2
    in_time = 0
    for number in range(ROUNDS):
        out = tmp_path / f"killed-{number}"
        for _ in range(KILLS):
            by_time = chance.random() < 0.5
            seconds = length * chance.random() if by_time else PATIENCE
            in_time += kill_when(start(students, out), out, seconds, more=chance.randint(1, 3))
        assert finish(students, out) == undisturbed
    assert in_time >= ROUNDS * KILLS - 2
