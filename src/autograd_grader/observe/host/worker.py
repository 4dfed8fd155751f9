"""The trusted end of a worker: hands it one request at a time, and ends its children."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import signal
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from autograd_grader.errors import SandboxError
from autograd_grader.observe import frames
from autograd_grader.observe.host.fork_server import ForkServer

_LAZY = re.compile(r"\b(?:optim|func|functorch|compile|checkpoint|profiler|use_deterministic_algorithms)\b")
"""What names the parts of torch that it imports when they are first used; a child can still import them itself."""
_START_SECONDS = 120.0
_REPLY_SECONDS = 30.0
_END_SECONDS = 5.0
_NUMBER_BYTES = 4


class Worker:
    """A process that has inherited torch and forks a child for each request. Use it as a context manager."""

    def __init__(
        self, *, strict: bool = False, hidden: Sequence[Path] = (), fork_server: ForkServer | None = None
    ) -> None:
        """Fork it from `fork_server`, or from a new one that hides the folders `hidden`, and return at once.

        With `strict` a child whose layers do not all hold runs no student code.
        """
        self._strict = strict
        self._server = fork_server or ForkServer(hidden)
        self._start()

    def _start(self) -> None:
        self._in_namespaces, self._has_lazy_modules = not self.namespaces_missing, self._server.has_lazy_modules
        self._pid: int | None = None
        self._control = self._server.fork_worker()

    @property
    def namespaces_missing(self) -> str:
        """Why it is in no namespaces of its own; empty where it is."""
        return self._server.namespaces_missing

    def __enter__(self) -> Self:
        """The worker itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.close()

    def another(self) -> Worker:
        """Another worker of the same kind, from the same import of torch if that process is alive."""
        server = self._server if self._server.is_alive else None
        return Worker(strict=self._strict, hidden=self._server.hidden, fork_server=server)

    def close(self) -> None:
        """End the worker and any child; may be called twice."""
        if self._control.fileno() < 0:
            return
        with self._control, contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_WR)
            if self._pid is not None:
                self._control.settimeout(_END_SECONDS)
                while self._control.recv(_NUMBER_BYTES):  # until it has ended, and has emptied its scratch folder
                    pass
        self._server.release(self._pid)

    @contextlib.contextmanager
    def child(self, request: dict[str, Any]) -> Iterator[Child]:
        """Fork a child that works on `request`; it is killed when the block ends.

        Raises `SandboxError` when the worker itself has ended.
        """
        if not self._has_lazy_modules and _uses_lazy_modules(request):
            self._server.import_lazy_modules()
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
                raise SandboxError(self._server.failure_message()) from error
            finally:
                ended = self._stop()
            child.status = _describe_status(ended)
            child.was_killed = os.WIFSIGNALED(ended) and os.WTERMSIG(ended) == signal.SIGKILL

    def wait_until_ready(self) -> None:
        """Wait until torch is imported; raises `SandboxError` where it can't be."""
        if self._pid is not None:
            return
        try:
            self._pid = self._answer(_START_SECONDS)
        except SandboxError:
            if not (self._in_namespaces and self._server.restart_outside()):
                raise
            self._replace()
            self._pid = self._answer(_START_SECONDS)

    def _stop(self) -> int:
        try:
            self._control.sendall(b"stop")
        except OSError as error:
            raise SandboxError(self._server.failure_message()) from error
        return self._answer(_REPLY_SECONDS)

    def _answer(self, seconds: float) -> int:
        """The number that the worker sends next."""
        try:
            self._control.settimeout(seconds)
            answer = self._control.recv(_NUMBER_BYTES)
        except OSError as error:
            raise SandboxError(self._server.failure_message()) from error
        if len(answer) != _NUMBER_BYTES:
            raise SandboxError(self._server.failure_message())
        return int.from_bytes(answer, "big")

    def _replace(self) -> None:
        """Take another process that has inherited what this one lacks."""
        pid, control = self._pid, self._control
        self._start()
        control.close()
        self._server.release(pid)


class Child:
    """One forked child, as the trusted side sees it: a descriptor that frames come from."""

    def __init__(self, link: socket.socket) -> None:
        """Send and receive over `link`."""
        self._link = link
        self.token = secrets.token_hex(16)
        """Opens every frame of this child: code that only writes to every descriptor can't forge one."""
        self.status = ""
        """How it ended, in words; known once the `child` block is over."""
        self.was_killed = False
        """Whether it was ended by `SIGKILL`, whoever sent that; known as late."""

    def send(self, request: dict[str, Any]) -> None:
        """Hand over the request; a child that is dead already is noticed when it is read from."""
        with contextlib.suppress(ConnectionError):
            self._link.sendall(frames.pack(request))

    def reader(self, max_bytes: int) -> frames.FrameReader:
        """A reader of its frames."""
        return frames.FrameReader(self._link.fileno(), max_bytes=max_bytes, token=self.token.encode())


def _uses_lazy_modules(request: dict[str, Any]) -> bool:
    sources = (cell["source"] for file in request.get("files", ()) for cell in file["cells"])
    return any(map(_LAZY.search, sources))


def _describe_status(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return f"it ended itself with exit code {code}"
    try:
        return f"it was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"it was ended by signal {-code}"
