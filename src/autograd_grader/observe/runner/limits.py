"""The limits that a child puts on itself before it loads student code (layers 1 and 2 of the sandbox)."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from autograd_grader.observe.runner.output import MAX_OUTPUT

MEMORY_HEADROOM = 1 << 30
"""Bytes of address space a child may take beyond what the warm process has: torch maps lazily, students need little."""
MAX_DESCRIPTORS = 64
MAX_REFUSED = 20


class NotAllowedError(PermissionError):
    """What student code gets when it tries what no exercise needs."""


_REFUSED = {
    "os.fork": "start a process",
    "os.forkpty": "start a process",
    "os.exec": "start a program",
    "os.posix_spawn": "start a program",
    "os.spawn": "start a program",
    "os.system": "run a shell command",
    "os.startfile": "start a program",
    "pty.spawn": "start a program",
    "subprocess.Popen": "start a program",
    "socket.__new__": "open a socket",
    "socket.connect": "open a network connection",
    "socket.bind": "open a network connection",
    "socket.getaddrinfo": "look up a network address",
    "os.kill": "send a signal to a process",
    "os.killpg": "send a signal to a process",
    "os.remove": "delete a file",
    "os.rename": "rename a file",
    "os.rmdir": "delete a folder",
    "os.mkdir": "make a folder",
    "os.chmod": "change a file's mode",
    "os.chown": "change a file's owner",
    "os.link": "link a file",
    "os.symlink": "link a file",
    "shutil.rmtree": "delete a folder",
    "resource.setrlimit": "change the limits of a process",
    "resource.prlimit": "change the limits of a process",
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Guard:
    """An audit hook that refuses, and names, what the kernel's layers would refuse without a word."""

    def __init__(self, readable: list[str], code_names: Collection[str]) -> None:
        """Allow reading below the `readable` folders only; `code_names` are the student's own files."""
        self._code_names = code_names
        self._readable = tuple(os.path.realpath(folder) for folder in readable)
        self.refused: list[str] = []

    def install(self) -> None:
        """Start refusing; an audit hook can't be taken out again."""
        sys.addaudithook(self._audit)

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "os.kill" and args[0] == os.getpid():
            return  # what a child does to itself is its own loss
        if event in _REFUSED:
            self._refuse(_REFUSED[event])
        elif event == "open":
            self._open(args)

    def _open(self, args: tuple[Any, ...]) -> None:
        path, _, flags = args
        if type(path) is int:
            return
        if type(flags) is int and flags & _WRITING and path != os.devnull:
            self._refuse("write a file")
        real = os.path.realpath(os.fsdecode(path))
        if not real.startswith(self._readable) and Path(real).exists():
            self._refuse("read a file outside the submission")

    def _refuse(self, what: str) -> None:
        if len(self.refused) < MAX_REFUSED and self._is_students():
            self.refused.append(what)
        message = f"the exercise tried to {what}; that is not allowed here"
        raise NotAllowedError(message)

    def _is_students(self) -> bool:
        """Whether student code asked, and not a library while it was being imported (torch looks for compilers)."""
        frame = sys._getframe(3)
        while frame is not None and frame.f_code.co_filename not in self._code_names:
            if frame.f_code.co_filename.startswith("<frozen importlib"):
                return False
            frame = frame.f_back  # type: ignore[assignment]
        return True


def readable_folders() -> list[str]:
    """Where the interpreter, its library and its packages lie, and the devices that only give numbers."""
    folders = [
        sys.prefix,
        sys.base_prefix,
        sys.exec_prefix,
        "/dev/null",
        "/dev/urandom",
        "/proc/self",
        "/usr/lib",
        "/lib",
    ]
    return [
        *folders,
        *(entry for entry in sys.path if entry),
        "/sys/devices/system/cpu",
        "/proc/cpuinfo",
        "/usr/share/zoneinfo",
    ]


def apply_limits(cpu_seconds: int) -> None:
    """Bound CPU time, memory, file size and descriptors of this process, as far as the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    wanted = {
        "RLIMIT_CPU": cpu_seconds,
        "RLIMIT_FSIZE": MAX_OUTPUT,
        "RLIMIT_NOFILE": MAX_DESCRIPTORS,
        "RLIMIT_CORE": 0,
    }
    size = address_space()
    if size:
        wanted["RLIMIT_AS"] = size + MEMORY_HEADROOM
    for name, value in wanted.items():
        limit = getattr(resource, name)
        _, hard = resource.getrlimit(limit)
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (ceiling, ceiling))


def address_space() -> int:
    """The bytes of address space this process has now; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
