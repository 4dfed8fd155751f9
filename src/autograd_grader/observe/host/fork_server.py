"""The trusted end of the fork server: the process that imports torch, once for a whole batch, and forks workers."""

from __future__ import annotations

import contextlib
import os
import site
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from autograd_grader.errors import SandboxError
from autograd_grader.observe import frames
from autograd_grader.observe.host import bubblewrap
from autograd_grader.observe.host.temporary_folder import TemporaryFolder

_BOOT = "import sys; sys.path += sys.argv[2:]; "
_SERVE = "from autograd_grader.observe.host.fork_server_main import main; main()"
LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""The one variable that the process starts with, and removes: glibc then asks the kernel for large pages.

A fork copies a page table, and the end of a child undoes it: with torch's heap in pages of 2 MB both take less than
half as long. Without effect where libc or the kernel does not know it.
"""
_WAIT_SECONDS = 120.0
_END_SECONDS = 5.0
_FAILED = 1
"""The exit code of Python after an error."""


class ForkServer:
    """Imports torch while the caller does other things, and ends with the last of the workers forked from it."""

    def __init__(self, hidden: Sequence[Path] = ()) -> None:
        """Start it, and return at once; student code will be able to read nothing in the folders `hidden`."""
        self.hidden = tuple(hidden)
        self._hidden = [os.path.realpath(folder) for folder in hidden]
        self._folder = TemporaryFolder()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._talking = threading.RLock()
        self._workers = 0
        self.has_lazy_modules = False
        """Whether the modules that torch imports at their first use are imported."""
        self.namespaces_missing = ""
        """Why it is in no namespaces of its own; empty where it is."""
        wrapper = bubblewrap.wrapper(self._hidden)
        self._start(wrapper)
        if not wrapper:
            self.namespaces_missing = bubblewrap.NOT_INSTALLED
        elif not self._answers(bubblewrap.HERE):  # waited for: a start without namespaces must not be late
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
                cwd=self._folder.path,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=True,
            )
        with contextlib.suppress(OSError):  # it has ended already, which is noticed later
            # Not as arguments, which student code can read in `sys.orig_argv`.
            frames.write_all(self._control.fileno(), frames.pack({"hidden": self._hidden}))

    def _start_outside(self) -> None:
        self.namespaces_missing = f"bubblewrap can't be used here: {self._last_error_line()}"
        self._stop()
        self.has_lazy_modules = False
        self._start([])

    @property
    def is_alive(self) -> bool:
        """Whether another worker can be forked."""
        return self._process.poll() is None

    def fork_worker(self) -> socket.socket:
        """Fork a worker, and give its control socket; that is closed at once where this process has ended."""
        ours, theirs = socket.socketpair()
        with self._talking, theirs, contextlib.suppress(OSError):
            self._workers += 1
            socket.send_fds(self._control, [b"fork"], [theirs.fileno()])
        return ours

    def release(self, pid: int | None) -> None:
        """Make sure that a worker has ended; with the last one this process ends, too."""
        with self._talking:
            self._workers -= 1
            if pid is not None:
                self.kill(pid)
            if not self._workers:
                self._stop()
                self._errors.close()
                self._folder.clear()

    def kill(self, pid: int) -> None:
        """Kill a worker, whatever it is doing."""
        with self._talking, contextlib.suppress(OSError):
            self._control.sendall(b"kill" + pid.to_bytes(4, "big"))

    def import_lazy_modules(self) -> None:
        """Import what torch imports at its first use, for all workers forked from now on; raises `SandboxError`."""
        with self._talking:
            if self.has_lazy_modules:
                return
            with contextlib.suppress(BrokenPipeError):
                self._control.sendall(b"lazy")
            if not self._answers(b"done"):
                raise SandboxError(self.failure_message())
            self.has_lazy_modules = True

    def restart_outside(self) -> bool:
        """Start it outside of namespaces if it has failed in them, where torch may need a file that is not shown.

        For a worker that never answered; gives whether another one can be forked now.
        """
        with self._talking, contextlib.suppress(subprocess.TimeoutExpired):
            if not self.namespaces_missing and self._process.wait(_END_SECONDS) == _FAILED:
                self._start_outside()
        return bool(self.namespaces_missing) and self.is_alive

    def failure_message(self) -> str:
        """Say that it has ended, and why, as far as is known."""
        reason = self._last_error_line()
        return f"the process that runs student code could not be started or has ended: {reason}. Is torch installed?"

    def _answers(self, word: bytes) -> bool:
        """Wait for the next word of the process; False where it ended instead."""
        self._control.settimeout(_WAIT_SECONDS)
        try:
            return self._control.recv(len(word)) == word
        except ConnectionError:  # it has ended, and has left unread what was sent to it
            return False
        except OSError as error:
            raise SandboxError(self.failure_message()) from error

    def _last_error_line(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read()[-2000:].decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "it gave no reason"

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
