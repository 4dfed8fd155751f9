"""An audit hook that refuses, and names, what the kernel's layers would refuse without a word."""

from __future__ import annotations

import linecache
import os
import sys
import types
from collections.abc import Collection
from typing import Any

from autograd_grader.observe.runner.lock.files import below

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
_LINE_OF_SOURCE = linecache.updatecache.__code__
_PATHS = {"os.remove": 1, "os.rename": 2}
"""How many of an event's first arguments are paths: in the scratch folder these are allowed."""


class Guard:
    """Refuses what no exercise needs; the kernel's layers hold where student code gets round it."""

    def __init__(self, readable: list[str], scratch: str, code_names: Collection[str]) -> None:
        """Allow reading below the `readable` paths and anything in the `scratch` folder.

        `code_names` are the student's own files.
        """
        self._code_names = code_names
        self._scratch = (os.path.realpath(scratch),)
        self._readable = (*readable, *self._scratch)
        self.refused: list[str] = []

    def install(self) -> None:
        """Start refusing; an audit hook can't be taken out again."""
        sys.addaudithook(self._audit)

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "os.kill" and args[0] == os.getpid():
            return  # what a child does to itself is its own loss
        if event in _REFUSED and not self._is_in_scratch(args[: _PATHS.get(event, 0)]):
            self._refuse(_REFUSED[event])
        elif event == "open":
            self._open(args)

    def _open(self, args: tuple[Any, ...]) -> None:
        path, _, flags = args
        if type(path) is int:
            return
        if type(flags) is int and flags & _WRITING and path != os.devnull and not self._is_in_scratch((path,)):
            self._refuse("write a file")
        real = os.path.realpath(os.fsdecode(path))
        if below(real, self._readable):
            return
        # A library that looks for a file of its own shall learn that it is not there. To a student's code it may be
        # hidden, and whether it exists is nothing to learn.
        if self._is_students() or os.path.exists(real):  # noqa: PTH110 - it raises nothing
            self._refuse("read a file outside the submission")

    def _is_in_scratch(self, paths: tuple[Any, ...]) -> bool:
        known = [os.path.realpath(os.fsdecode(path)) for path in paths if isinstance(path, str | bytes | os.PathLike)]
        return bool(known) and len(known) == len(paths) and all(below(path, self._scratch) for path in known)

    def _refuse(self, what: str) -> None:
        if len(self.refused) < MAX_REFUSED and self._is_students():
            self.refused.append(what)
        message = f"the exercise tried to {what}; that is not allowed here"
        raise NotAllowedError(message)

    def _is_students(self) -> bool:
        """Whether student code asked, and not a library on its own account.

        While it is imported torch looks for compilers; to print a warning Python looks for the line that it is about.
        """
        frame: types.FrameType | None = sys._getframe(2)
        while frame is not None and frame.f_code.co_filename not in self._code_names:
            if frame.f_code.co_filename.startswith("<frozen importlib") or frame.f_code is _LINE_OF_SOURCE:
                return False
            frame = frame.f_back
        return True
