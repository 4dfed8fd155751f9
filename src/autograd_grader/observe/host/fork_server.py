"""The process that imports torch, once for a whole batch, and forks warm processes: its trusted end."""

from __future__ import annotations

import contextlib
import site
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from autograd_grader.errors import SandboxError
from autograd_grader.observe.host import bubblewrap
from autograd_grader.observe.host.temporary_folder import TemporaryFolder

_BOOT = "import sys; sys.path += sys.argv[2:]; "
_SERVE = "from autograd_grader.observe.host.fork_server_main import main; main()"
LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""The one variable that the process starts with, and takes away: libc then asks the kernel for large pages.

A fork copies a page table, and the end of a child undoes it: with torch's heap in pages of 2 MB both take less than
half as long. Without effect where libc or the kernel does not know it.
"""
_WAIT_SECONDS = 120.0
_END_SECONDS = 5.0
_FAILED = 1
"""The exit code of Python after an error."""


class ForkServer:
    """Imports torch while the caller does other things, and ends with the last of the warm processes forked from it."""

    def __init__(self) -> None:
        """Start it, and return at once."""
        self._workplace = TemporaryFolder()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._talking = threading.RLock()
        self._warm = 0
        self.has_more = False
        """Whether what torch imports late is imported."""
        self.outside = ""
        """Why it is not in namespaces of its own (layer 4 of the sandbox); empty where it is."""
        wrapper = bubblewrap.wrapper()
        self._start(wrapper)
        if not wrapper:
            self.outside = bubblewrap.NOT_INSTALLED
        elif not self._says(bubblewrap.HERE):  # waited for: a start without them must not be late
            self._start_outside()

    def _start(self, wrapper: Sequence[str]) -> None:
        boot = f"{_BOOT}{bubblewrap.ARRIVE if wrapper else ''}{_SERVE}"
        self._control, theirs = socket.socketpair()
        with theirs:
            link = theirs.fileno()
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [*wrapper, sys.executable, "-I", "-c", boot, str(link), *_package_folders()],
                pass_fds=[link],
                env=LARGE_PAGES,
                cwd=self._workplace.path,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=True,
            )

    def _start_outside(self) -> None:
        self.outside = f"bubblewrap can't be used here: {self._last_error_line()}"
        self._stop()
        self.has_more = False
        self._start([])

    @property
    def is_alive(self) -> bool:
        """Whether another warm process can be had."""
        return self._process.poll() is None

    def fork(self) -> socket.socket:
        """Fork a warm process, and give its control socket; where that is gone at once, so is this process."""
        ours, theirs = socket.socketpair()
        with self._talking, theirs, contextlib.suppress(OSError):
            self._warm += 1
            socket.send_fds(self._control, [b"fork"], [theirs.fileno()])
        return ours

    def end(self, number: int | None) -> None:
        """Make sure that the warm process of this number is no more; with the last one this process ends, too."""
        with self._talking:
            self._warm -= 1
            if number is not None:
                self.end_now(number)
            if not self._warm:
                self._stop()
                self._errors.close()
                self._workplace.clear()

    def end_now(self, number: int) -> None:
        """Kill a warm process, wherever it hangs."""
        with self._talking, contextlib.suppress(OSError):
            self._control.sendall(b"end." + number.to_bytes(4, "big"))

    def import_more(self) -> None:
        """Import what torch imports late, once for all that are forked from now on; raises `SandboxError`."""
        with self._talking:
            if self.has_more:
                return
            with contextlib.suppress(BrokenPipeError):
                self._control.sendall(b"more")
            if not self._says(b"done"):
                raise SandboxError(self.failure_message())
            self.has_more = True

    def is_had_outside(self) -> bool:
        """Whether it is there after all, started outside of namespaces: for one whose fork from it never answered.

        In there torch may need a file that is not shown.
        """
        with self._talking, contextlib.suppress(subprocess.TimeoutExpired):
            if not self.outside and self._process.wait(_END_SECONDS) == _FAILED:
                self._start_outside()
        return bool(self.outside) and self.is_alive

    def failure_message(self) -> str:
        """Say that it is gone, and why, as far as it told."""
        reason = self._last_error_line()
        return f"the process that runs student code could not be started or has ended: {reason}. Is torch installed?"

    def _says(self, word: bytes) -> bool:
        """Wait for the next word of the process; False where it ended instead."""
        self._control.settimeout(_WAIT_SECONDS)
        try:
            return self._control.recv(len(word)) == word
        except OSError as error:
            raise SandboxError(self.failure_message()) from error

    def _last_error_line(self) -> str:
        self._errors.seek(0)
        words = self._errors.read()[-2000:].decode("utf-8", "replace").strip().splitlines()
        return words[-1] if words else "it gave no reason"

    def _stop(self) -> None:
        self._control.close()
        self._process.kill()
        self._process.wait()


def _package_folders() -> list[str]:
    """Where this package and user-installed ones lie: an isolated interpreter looks in neither by itself."""
    folders = [str(Path(__file__).parents[3])]
    if site.ENABLE_USER_SITE:
        folders.append(site.getusersitepackages())
    return folders
