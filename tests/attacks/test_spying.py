"""What student code must not learn: graders, answers, other submissions, this machine, the submission before it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import autograd_grader

from .attack import outcomes_of_attempts

if TYPE_CHECKING:
    from autograd_grader.course import Course

    from .attack import Attack, Outcome

SPIES = {
    "the users of the machine": "read('/etc/passwd')",
    "the secrets of the machine": "read('/etc/shadow')",
    "the home of the user": "made(libc.open(HOME.encode(), 0o200000))",
    "a grader": "read(GRADER)",
    "an answer": "read(ANSWER)",
    "the program itself": "read(PROGRAM)",
    "a path through /proc": "read('/proc/self/root/etc/passwd')",
    "a path with dots": "read('/usr/lib/../../etc/passwd')",
    "the parent's environment": "read(f'/proc/{os.getppid()}/environ')",
    "the parent's memory": "read(f'/proc/{os.getppid()}/mem')",
    "the parent's maps": "read(f'/proc/{os.getppid()}/maps')",
    "the parent's command": "read(f'/proc/{os.getppid()}/cmdline')",
    "the first process": "read('/proc/1/cmdline')",
    "the parent's memory by a call": "made(libc.process_vm_readv(os.getppid(), None, 0, None, 0, 0))",
    "the parent's descriptors": "made(libc.syscall(434, os.getppid(), 0))",
    "the parent's descriptors by /proc": "os.listdir(f'/proc/{os.getppid()}/fd')",
    "its own memory as a file": "read('/proc/self/mem')",
    "its own maps": "read('/proc/self/maps')",
    "another submission": "read(OTHER)",
    "a report": "read(REPORT)",
    "the list of /tmp": "made(libc.open(b'/tmp', 0o200000))",
    "the network": "made(libc.socket(2, 1, 0))",
    "the network, version 6": "made(libc.socket(10, 1, 0))",
    "a socket of this machine": "made(libc.socket(1, 1, 0))",
    "a pair of sockets": "made(libc.socketpair(1, 1, 0, ctypes.create_string_buffer(8)))",
    "Bluetooth": "made(libc.socket(31, 3, 0))",
    "the kernel's cryptography": "made(libc.socket(38, 5, 0))",
    "a socket to the kernel": "made(libc.socket(16, 3, 0))",
    "packets": "made(libc.socket(17, 3, 0))",
    "the sockets of a virtual machine": "made(libc.socket(40, 1, 0))",
    "System V memory": "made(libc.shmget(7, 4096, 0o1666))",
    "System V semaphores": "made(libc.semget(7, 1, 0o1666))",
    "System V messages": "made(libc.msgget(7, 0o1666))",
    "POSIX messages": "made(libc.mq_open(b'/x', 0o102, 0o600, None))",
    "shared memory": "made(libc.shm_open(b'/x', 0o102, 0o600))",
    "memory shared by Python": "__import__('_posixshmem').shm_open('/x', 0o102, 0o600)",
    "a keyring": "made(libc.syscall(250, 0, -3, 0, 0, 0))",
    "a file in memory": "made(libc.memfd_create(b'x', 0))",
    "the kernel's log": "made(libc.klogctl(3, ctypes.create_string_buffer(99), 99))",
    "files by handle": "made(libc.open_by_handle_at(-100, ctypes.create_string_buffer(200), 0))",
}

LEAVE = """
import os
import sys
from pathlib import Path
FOUND = sorted(os.listdir("."))
Path("answers.txt").write_text("34")
def single_variable(z0=5.0):
    print("FOUND", FOUND)
"""


def opening(course: Course, private: Path) -> str:
    """Where things are that nobody may read; other people's work is put into the folder `private`."""
    for name in ("other.py", "report.json"):
        (private / name).write_text("secret")
    places = {
        "HOME": os.path.expanduser("~"),  # noqa: PTH111 - a text for the student's code
        "GRADER": str(next(course.graders.glob("*.py"))),
        "ANSWER": str(next((course.graders / "answers").rglob("reference.py"))),
        "PROGRAM": str(Path(autograd_grader.__file__).with_name("text.py")),
        "OTHER": str(private / "other.py"),
        "REPORT": str(private / "report.json"),
    }
    return "".join(f"{key} = {value!r}\n" for key, value in places.items())


@pytest.fixture(scope="module")
def spied(attack: Attack, course: Course, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    places = opening(course, tmp_path_factory.mktemp("class"))
    return outcomes_of_attempts(attack, SPIES, places) | attack({"left": LEAVE})


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's layers are Linux's")
@pytest.mark.parametrize("name", SPIES)
def test_what_a_spy_wants_is_refused_by_the_kernel(name: str, spied: dict[str, Outcome]) -> None:
    spied[name].check_refused(name)
    spied[name].check_the_honest()


def test_nothing_is_left_for_the_next_submission(spied: dict[str, Outcome], attack: Attack) -> None:
    for outcome in (spied["left"], attack({"left": LEAVE})["left"]):
        assert outcome.call.printed == "FOUND []\n"
        outcome.check_the_honest()
