"""An audit hook that refuses, and names, what the kernel's layers refuse without a reason.

It also reports at once what only tampering needs. Python raises an audit event before it acts, so the grader has the
report before student code has, say, the frame that it asked for.
"""

from __future__ import annotations

import linecache
import os
import sys
import types
from collections.abc import Callable, Collection
from typing import Any

from autograd_grader.observe.child.confine.paths import below

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
_NOTICED = {
    "sys._getframe": "looks at the frames of its callers",
    "sys._current_frames": "looks at the frames of its callers",
    "gc.get_objects": "searches memory for objects",
    "gc.get_referrers": "searches memory for objects",
    "gc.get_referents": "searches memory for objects",
    "sys.settrace": "traces what runs",
    "sys.setprofile": "traces what runs",
    "sys.addaudithook": "listens to what the interpreter does",
    "object.__setattr__": "replaces the code of a function",
    "ctypes.dlopen": "calls C functions",
    "ctypes.dlsym": "calls C functions",
    "ctypes.cdata": "reads memory by its address",
    "ctypes.string_at": "reads memory by its address",
    "ctypes.wstring_at": "reads memory by its address",
    "ctypes.PyObj_FromPtr": "reads memory by its address",
}
_HANDLED = frozenset({*_REFUSED, *_NOTICED, "open"})
_FRAME_ATTRIBUTES = frozenset({"tb_frame", "gi_frame", "cr_frame", "ag_frame"})
_INTERMEDIARIES = tuple(f"{os.path.dirname(os.__file__)}/{name}" for name in ("ctypes/", "inspect.py", "traceback.py"))  # noqa: PTH120 - a plain text
_MAX_INTERMEDIARIES = 2
"""Frames of such a module between an event and the code that caused it; `traceback.print_exc`, which is honest, has
more."""
quiet = [False]
"""True while the recorder itself reads a frame, some hundred times a submission: its events need no search."""
_get_frame = sys._getframe
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_LINE_OF_SOURCE = linecache.updatecache.__code__
_PATHS = {"os.remove": 1, "os.rename": 2}
"""How many of an event's first arguments are paths; in the scratch folder the event is allowed."""


class AuditHook:
    """Refuses what no exercise needs. It protects nothing by itself: code can get round it."""

    def __init__(
        self, readable: list[str], scratch: str, code_names: Collection[str], notice: Callable[[str], None]
    ) -> None:
        """Allow reading below the `readable` paths and anything in the `scratch` folder.

        `code_names` are the student's own files; `notice` is called, once each, with what only tampering needs.
        """
        self._notice = notice
        self.reported: list[str] = []
        """What was reported; after that, no setting shows whether the process is unchanged."""
        self._is_searching = False
        self._code_names = code_names
        self._scratch = (os.path.realpath(scratch),)
        self._readable = (*readable, *self._scratch)
        self.refused: list[str] = []

    def install(self) -> None:
        """Start refusing; an audit hook can't be removed again."""
        sys.addaudithook(self._audit)

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        # Some thousand events a submission are none of these: `f_code` is read, or `id` called.
        if (args[1] not in _FRAME_ATTRIBUTES) if event == "object.__getattr__" else event not in _HANDLED:
            return
        if quiet[0] and event == "sys._getframe":
            return
        if event == "os.kill" and args[0] == os.getpid():
            return  # a child may signal itself
        if event in _REFUSED and not self._is_in_scratch(args[: _PATHS.get(event, 0)]):
            self._refuse(_REFUSED[event])
        elif event == "open":
            self._open(args)
        elif event not in _REFUSED:
            self._report(event, args)

    def _report(self, event: str, args: tuple[Any, ...]) -> None:
        """Report an event if student code caused it; the search for that raises events of its own."""
        what = _NOTICED.get(event, _NOTICED["sys._getframe"])
        if self._is_searching or what in self.reported or (event == "object.__setattr__" and args[1] != "__code__"):
            return
        self._is_searching = True
        try:
            asked_by_student = self._asked_by_student()
        finally:
            self._is_searching = False
        if asked_by_student:
            self.reported.append(what)
            self._notice(what)

    def _asked_by_student(self) -> bool:
        """Whether the nearest code is the student's, or that of a module which student code called to do just this."""
        frame = _get_frame(3)
        for _ in range(_MAX_INTERMEDIARIES):
            if frame.f_back is not None and frame.f_code.co_filename.startswith(_INTERMEDIARIES):
                frame = frame.f_back
        return frame.f_code.co_filename in self._code_names

    def _open(self, args: tuple[Any, ...]) -> None:
        path, _, flags = args
        if type(path) is int:
            return
        if type(flags) is int and flags & _WRITING and path != os.devnull and not self._is_in_scratch((path,)):
            self._refuse("write a file")
        real = os.path.realpath(os.fsdecode(path))
        if below(real, self._readable):
            return
        # A library that looks for a file of its own gets "not found" where there is none. Student code must not learn
        # whether a file exists.
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
        """Whether student code caused the event, and not a library by itself.

        While it is imported torch looks for compilers; to print a warning Python reads the line that it is about.
        """
        frame: types.FrameType | None = _get_frame(2)
        while frame is not None and frame.f_code.co_filename not in self._code_names:
            if frame.f_code.co_filename.startswith("<frozen importlib") or frame.f_code is _LINE_OF_SOURCE:
                return False
            frame = frame.f_back
        return True
