"""The trusted end of a warm process: hands it one request at a time, and ends its children."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import signal
import socket
from collections.abc import Iterator
from typing import Any, Self

from autograd_grader.errors import SandboxError
from autograd_grader.observe import frames
from autograd_grader.observe.host.fork_server import ForkServer

_PUT_OFF = re.compile(r"\b(?:optim|func|functorch|compile|checkpoint|profiler|use_deterministic_algorithms)\b")
"""What names the parts of torch that it imports when they are first used; a child can still import them itself."""
_START_SECONDS = 120.0
_REPLY_SECONDS = 30.0
_END_SECONDS = 5.0
_NUMBER_BYTES = 4


class Worker:
    """A process that has inherited torch and forks a child for each request. Use it as a context manager."""

    def __init__(self, *, strict: bool = False, torch: ForkServer | None = None) -> None:
        """Fork it from the process that imports `torch`, which is started if need be, and return at once.

        With `strict` a child whose layers do not all hold runs no student code.
        """
        self._strict = strict
        self._torch = torch or ForkServer()
        self._start()

    def _start(self) -> None:
        self._inside, self._has_more = not self.outside, self._torch.has_more
        self._number: int | None = None
        self._control = self._torch.fork()

    @property
    def outside(self) -> str:
        """Why it is not in namespaces of its own (layer 4 of the sandbox); empty where it is."""
        return self._torch.outside

    def __enter__(self) -> Self:
        """The process itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.close()

    def again(self) -> Worker:
        """Start another one of the same kind, from the same import of torch where that can be had."""
        return Worker(strict=self._strict, torch=self._torch if self._torch.is_alive else None)

    def close(self) -> None:
        """End the process and any child; may be called twice."""
        if self._control.fileno() < 0:
            return
        with self._control, contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_WR)
            if self._number is not None:
                self._control.settimeout(_END_SECONDS)
                while self._control.recv(_NUMBER_BYTES):  # until it has ended, and what it wrote is wiped
                    pass
        self._torch.end(self._number)

    @contextlib.contextmanager
    def child(self, request: dict[str, Any]) -> Iterator[Child]:
        """Fork a child that works on `request`; it is killed when the block ends.

        Raises `SandboxError` when the warm process itself is gone.
        """
        if not self._has_more and _uses_what_is_put_off(request):
            self._torch.import_more()
            self._replace()
        self.wait_until_ready()
        ours, theirs = socket.socketpair()
        with ours:
            try:
                with theirs:
                    socket.send_fds(self._control, [b"run."], [theirs.fileno()])
                child = Child(ours)
                # A probe runs no student code: it is to find out which layers are missing, so it runs without them too.
                strict = self._strict and "probe" not in request
                child.send(request | {"token": child.token, "strict": strict})
                yield child
            except BrokenPipeError as error:
                raise SandboxError(self._torch.failure_message()) from error
            finally:
                ended = self._stop()
            child.status = _describe_status(ended)
            child.was_killed = os.WIFSIGNALED(ended) and os.WTERMSIG(ended) == signal.SIGKILL

    def wait_until_ready(self) -> None:
        """Wait until torch is imported; raises `SandboxError` where it can't be."""
        if self._number is not None:
            return
        try:
            self._number = self._answer(_START_SECONDS)
        except SandboxError:
            if not (self._inside and self._torch.is_had_outside()):
                raise
            self._replace()
            self._number = self._answer(_START_SECONDS)

    def _stop(self) -> int:
        try:
            self._control.sendall(b"stop")
        except OSError as error:
            raise SandboxError(self._torch.failure_message()) from error
        return self._answer(_REPLY_SECONDS)

    def _answer(self, seconds: float) -> int:
        """The number that the warm process says next."""
        try:
            self._control.settimeout(seconds)
            said = self._control.recv(_NUMBER_BYTES)
        except OSError as error:
            raise SandboxError(self._torch.failure_message()) from error
        if len(said) != _NUMBER_BYTES:
            raise SandboxError(self._torch.failure_message())
        return int.from_bytes(said, "big")

    def _replace(self) -> None:
        """Take another process that has inherited what this one lacks."""
        number, control = self._number, self._control
        self._start()
        control.close()
        self._torch.end(number)


class Child:
    """One forked child, as the trusted side sees it: a descriptor that frames come from."""

    def __init__(self, link: socket.socket) -> None:
        """Speak over `link`."""
        self._link = link
        self.token = secrets.token_hex(16)
        """Opens every frame of this child: code that only writes to every descriptor can't forge one."""
        self.status = ""
        """How it ended, in words; known once the `child` block is over."""
        self.was_killed = False
        """Whether it ended by `SIGKILL`: from the grader, the system or anyone else; known as late."""

    def send(self, request: dict[str, Any]) -> None:
        """Hand over the request; a child that is dead already is noticed when it is read from."""
        with contextlib.suppress(ConnectionError):
            self._link.sendall(frames.pack(request))

    def reader(self, max_bytes: int) -> frames.FrameReader:
        """A reader of its frames."""
        return frames.FrameReader(self._link.fileno(), max_bytes=max_bytes, token=self.token.encode())


def _uses_what_is_put_off(request: dict[str, Any]) -> bool:
    sources = (cell["source"] for file in request.get("files", ()) for cell in file["cells"])
    return any(map(_PUT_OFF.search, sources))


def _describe_status(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return f"it ended itself with exit code {code}"
    try:
        return f"it was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"it was ended by signal {-code}"
