"""The trusted end of the warm process: starts it, hands it one request at a time, and ends its children."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import site
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from autograd_grader.errors import SandboxError
from autograd_grader.observe import frames

_BOOT = "import sys; sys.path += sys.argv[3:]; from autograd_grader.observe.runner.warm import main; main()"
_START_SECONDS = 120.0
_REPLY_SECONDS = 30.0


class WarmProcess:
    """A process that has imported torch and forks a child for each request. Use it as a context manager."""

    def __init__(self, *, preload: bool = False, strict: bool = False) -> None:
        """Start the process and return at once: torch is imported while the caller does other things.

        With `preload` the slow parts of torch that few students use are imported too: for a batch, where each child
        that needs them would pay for them. With `strict` a child whose layers do not all hold runs no student code.
        """
        self._preload, self._strict = preload, strict
        self._folder = tempfile.TemporaryDirectory(prefix="autograd-grader-")
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._control, theirs = socket.socketpair()
        self._ready = False
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [
                    sys.executable,
                    "-I",
                    "-c",
                    _BOOT,
                    str(theirs.fileno()),
                    "preload" if preload else "plain",
                    *_package_folders(),
                ],
                pass_fds=[theirs.fileno()],
                env={},
                cwd=self._folder.name,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=True,
            )

    def __enter__(self) -> Self:
        """The process itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.close()

    def again(self) -> WarmProcess:
        """Start another one of the same kind."""
        return WarmProcess(preload=self._preload, strict=self._strict)

    def close(self) -> None:
        """End the process and any child; may be called twice."""
        self._control.close()
        self._process.kill()
        self._process.wait()
        self._errors.close()
        self._folder.cleanup()

    @contextlib.contextmanager
    def child(self, request: dict[str, Any]) -> Iterator[Child]:
        """Fork a child that works on `request`; it is killed when the block ends.

        Raises `SandboxError` when the warm process itself is gone.
        """
        self._wait_until_ready()
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
                raise SandboxError(self._obituary()) from error
            finally:
                ended = self._stop()
            child.status = ended

    def _stop(self) -> str:
        try:
            self._control.settimeout(_REPLY_SECONDS)
            self._control.sendall(b"stop")
            return _describe_status(int.from_bytes(self._control.recv(4), "big"))
        except OSError as error:
            raise SandboxError(self._obituary()) from error

    def _wait_until_ready(self) -> None:
        if self._ready:
            return
        self._control.settimeout(_START_SECONDS)
        try:
            self._ready = self._control.recv(4) == b"warm"
        except OSError as error:
            raise SandboxError(self._obituary()) from error
        if not self._ready:
            raise SandboxError(self._obituary())

    def _obituary(self) -> str:
        self._errors.seek(0)
        words = self._errors.read()[-2000:].decode("utf-8", "replace").strip().splitlines()
        reason = words[-1] if words else "it gave no reason"
        return f"the process that runs student code could not be started or has ended: {reason}. Is torch installed?"


class Child:
    """One forked child, as the trusted side sees it: a descriptor that frames come from."""

    def __init__(self, link: socket.socket) -> None:
        """Speak over `link`."""
        self._link = link
        self.token = secrets.token_hex(16)
        """Opens every frame of this child: code that only writes to every descriptor can't forge one."""
        self.status = ""
        """How it ended, in words; known once the `child` block is over."""

    def send(self, request: dict[str, Any]) -> None:
        """Hand over the request; a child that is dead already is noticed when it is read from."""
        with contextlib.suppress(ConnectionError):
            self._link.sendall(frames.pack(request))

    def reader(self, max_bytes: int) -> frames.FrameReader:
        """A reader of its frames."""
        return frames.FrameReader(self._link.fileno(), max_bytes=max_bytes, token=self.token.encode())


def _package_folders() -> list[str]:
    """Where this package and user-installed ones lie: an isolated interpreter looks in neither by itself."""
    folders = [str(Path(__file__).parents[2])]
    if site.ENABLE_USER_SITE:
        folders.append(site.getusersitepackages())
    return folders


def _describe_status(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return f"it ended itself with exit code {code}"
    try:
        return f"it was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"it was ended by signal {-code}"
