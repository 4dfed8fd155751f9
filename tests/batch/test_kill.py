"""A batch that is killed again and again, at any moment, ends as one that was left alone.

Real signals to the real command, at moments spread over its whole life: while torch is imported, while the
batch is planned, while students' code runs, while reports are written, at the end.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograd_grader.course import Course

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")

COMMAND = Path(sys.executable).with_name("grade")
STUDENTS = 12
LANES = 2
"""Batches that are run side by side."""
KILLS = 26
"""Times that `kill -9` comes in time, in each lane."""
TRIES = 3 * KILLS
PATIENCE = 30.0
SLOW = """
import time

import torch


def single_variable(z0=5.0):
    time.sleep(0.8)
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z**2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f
"""


@dataclass
class Life:
    """One folder of reports, and the runs that were started into it."""

    students: Path
    out: Path
    temporary: Path

    def start(self) -> subprocess.Popen[str]:
        self.temporary.mkdir(exist_ok=True)
        return subprocess.Popen(
            [COMMAND, "batch", self.students, "--out", self.out, "--jobs", "1"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"TMPDIR": str(self.temporary)},
        )

    def finish(self) -> dict[str, bytes]:
        """Run to the end, and give what lies there then but for observations, which hold how long each call took."""
        process = self.start()
        _, complaints = process.communicate(timeout=100)
        assert (process.returncode, complaints) == (0, "")
        # Not of this run nor of those that were killed.
        assert list(self.temporary.iterdir()) == []
        return self.reports()

    def reports(self) -> dict[str, bytes]:
        kept = [p for p in sorted(self.out.rglob("*")) if p.is_file() and p.name != "observation.json.gz"]
        return {p.relative_to(self.out).as_posix(): p.read_bytes() for p in kept}

    def done(self) -> int:
        return sum((self.out / f"s{number:02}" / "report.json").exists() for number in range(STUDENTS))

    def end(self, number: int, seconds: float = 0.0, more: int = 0) -> int:
        """End a run by a signal after so many seconds, or once so many more reports are there; gives its exit code."""
        enough = self.done() + more
        process = self.start()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        while process.poll() is None and self.done() < enough:
            time.sleep(0.005)
        started = family(process.pid)
        process.send_signal(number)
        process.communicate(timeout=PATIENCE)
        wait_for_the_end_of(started)
        return process.returncode


@pytest.fixture(scope="module")
def students(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class with one exercise each, some right and some stubs."""
    folder = tmp_path_factory.mktemp("killed") / "in"
    for number in range(STUDENTS):
        exercise = course.exercises[number % 4]
        answer = course.graders / "answers" / exercise.id / "right" / "reference.py"
        (folder / f"s{number:02}").mkdir(parents=True)
        source = answer if number % 3 else course.stubs / exercise.stub
        shutil.copy(source, folder / f"s{number:02}" / exercise.stub)
    return folder


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
        time.sleep(0.005)


@dataclass
class Lane:
    """Ends runs at random moments, into one folder after the other, until it has killed enough."""

    students: Path
    top: Path
    undisturbed: dict[str, bytes]
    length: float
    """Seconds that a run takes at most."""
    seed: int
    killed: int = 0
    interrupted: int = 0
    terminated: int = 0

    def work(self) -> Lane:
        chance = random.Random(self.seed)  # noqa: S311 - moments, not secrets
        tries = 0
        while self.killed < KILLS:
            life = Life(self.students, self.top / f"out-{self.seed}-{tries}", self.top / f"temporary-{self.seed}")
            while life.done() < STUDENTS and self.killed < KILLS:
                tries += 1
                assert tries < TRIES, "the runs are over before they are killed"
                self._end(life, {1: signal.SIGTERM, 2: signal.SIGINT}.get(tries % 13, signal.SIGKILL), chance)
            assert life.finish() == self.undisturbed
        return self

    def _end(self, life: Life, number: int, chance: random.Random) -> None:
        begun = time.monotonic()
        if chance.random() < 0.2:
            code = life.end(number, more=chance.randint(1, 3))
        else:
            code = life.end(number, seconds=self.length * chance.random())
        # A run may be faster than its end. Before Python is up, it has no words for Ctrl-C.
        assert code in {0, -number, 130 if number == signal.SIGINT else 0}
        self.killed += code == -signal.SIGKILL
        self.terminated += code == -signal.SIGTERM
        self.interrupted += code in {130, -signal.SIGINT}
        if code == 0:
            self.length = min(self.length, time.monotonic() - begun)


def test_killed_over_fifty_times_it_ends_as_if_nothing_had_happened(students: Path, tmp_path: Path) -> None:
    begun = time.monotonic()
    undisturbed = Life(students, tmp_path / "undisturbed", tmp_path / "temporary").finish()
    length = time.monotonic() - begun
    assert len(undisturbed) == 2 * STUDENTS + 3

    lanes = [Lane(students, tmp_path, undisturbed, length, seed) for seed in range(LANES)]
    with ThreadPoolExecutor(LANES) as threads:
        lanes = list(threads.map(Lane.work, lanes))
    assert sum(lane.killed for lane in lanes) == LANES * KILLS >= 50
    assert sum(lane.interrupted for lane in lanes) >= 1
    assert sum(lane.terminated for lane in lanes) >= 1


@pytest.fixture
def slow(course: Course, tmp_path: Path) -> Life:
    """A class of three with a submission in the middle that takes seconds."""
    folder = tmp_path / "in"
    for name in ("ada", "cy"):
        (folder / name).mkdir(parents=True)
        exercise = course.exercises[0]
        shutil.copy(course.graders / "answers" / exercise.id / "right" / "reference.py", folder / name / exercise.stub)
    (folder / "bob.py").write_text(SLOW, "utf-8")
    return Life(folder, tmp_path / "out", tmp_path / "temporary")


def child_at_work(process: subprocess.Popen[str], life: Life) -> tuple[int, int]:
    """The warm process of a batch and its child, once that has been at work for a while: it is the slow one's."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        # Before the first is graded, a child tries the sandbox out.
        for warm in family(process.pid) if (life.out / "ada/report.json").exists() else ():
            # A child leads a session of its own; its warm process is in that of the one which imported torch.
            for child in family(warm) if not leads_a_session(warm) else ():
                time.sleep(0.3)
                if alive(child):
                    return warm, child
        time.sleep(0.02)
    raise AssertionError("no child was seen at work")


def leads_a_session(pid: int) -> bool:
    try:
        return os.getsid(pid) == pid
    except ProcessLookupError:
        return True


@pytest.mark.parametrize("whom", ["warm process", "child"])
def test_where_a_process_of_the_batch_is_killed_alone_marks_are_as_if_nothing_had_happened(
    whom: str, slow: Life
) -> None:
    process = slow.start()
    warm, child = child_at_work(process, slow)
    os.kill(warm if whom == "warm process" else child, signal.SIGKILL)
    wait_for_the_end_of({child})
    _, complaints = process.communicate(timeout=PATIENCE)
    assert (process.returncode, complaints) == (0, "")
    book = (slow.out / "gradebook.csv").read_text("utf-8").splitlines()
    assert [line for line in book if ",10,0,0,0,10,40,0,graded" in line] == book[1:]
    assert len(book) == 4


def test_ctrl_c_twice_says_one_line_leaves_no_process_and_nothing_half_written(slow: Life) -> None:
    process = slow.start()
    started = {*child_at_work(process, slow)}
    process.send_signal(signal.SIGINT)
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, complaints = process.communicate(timeout=PATIENCE)
    assert (process.returncode, complaints.strip()) == (130, "grade: interrupted")
    wait_for_the_end_of(started)
    assert [path for path in slow.out.rglob("*") if path.suffix == ".tmp"] == []
    assert len(slow.finish()) == 2 * 3 + 3
