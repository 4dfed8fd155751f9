"""Layer: the user that a child runs as, which is never root, has no capability and shares its id with nobody.

Where the program runs as root, three users take part. The grader stays root and keeps what it writes, and so does the
fork server, which only imports torch and forks workers. A worker takes an unused user id; it keeps just the
capabilities to end a child and to give it its id, and loads no student code. Each child takes a second unused id, and
no capability: so the kernel's own checks keep it from signalling, tracing or slowing the worker and the grader,
whatever seccomp and Landlock do.

A Python below a folder that only root may enter (`/root/.pyenv`) could not be read by that user. There alone the
child keeps one capability, to read files whatever their mode, and Landlock says which: it is kept only where Landlock
works. Where the id can't be changed at all (a container without `CAP_SETUID`), the child stays user 0 with no
capability.

Where the program runs as an ordinary user nothing can be changed: the child has that user's id, and seccomp and
Landlock keep it from the user's other processes.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import secrets
import signal
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from autograd_grader.observe.child.confine import kernel
from autograd_grader.observe.child.confine.layer import Layer, Preparation, Probe, Trial, refuse

_FIRST_ID, _PAIRS = 0x7000_0000, 1 << 27
_NOBODY = 65_534
_WORKER_NEEDS = (kernel.CAP_KILL, kernel.CAP_SETGID, kernel.CAP_SETUID)


class User(Layer):
    """A user without rights, which the kernel protects every other process from."""

    name = "user"
    title = "a user without rights"
    advice = "run it as an ordinary user, or in a container that has the capabilities SETUID, SETGID and KILL"

    def prepare(self, preparation: Preparation) -> None:
        """Choose the users, and stop being root for the rest of the worker's life."""
        if sys.platform != "linux":
            return
        self._users = Users(_needed_files(), confined="landlock" not in preparation.missing)
        if self._users.child is not None:
            preparation.scratch.give(self._users.worker, self._users.child)
        preparation.counts_threads = self._users.is_alone or preparation.scratch.has_own_users
        self._users.become_worker()

    def apply(self, cpu_seconds: int) -> None:  # noqa: ARG002 - as declared
        """Become the child's user."""
        if sys.platform == "linux":
            self._users.become_child()

    def trials(self, probe: Probe) -> Iterator[Trial]:  # noqa: ARG002 - as declared
        """Look for rights."""
        yield Trial("be root", lambda: None if os.getuid() == 0 else refuse())
        if sys.platform == "linux":
            yield Trial("hold a capability", _hold_capability)


class Users:
    """The user that a worker becomes, and the one that its children become."""

    def __init__(self, files: Collection[str], *, confined: bool) -> None:
        """Find out who they can be and still read `files`; `confined` says whether Landlock will hold the child."""
        self.child: int | None = None
        self.kept: tuple[int, ...] = ()
        if os.getuid() != 0:
            return
        # Drawn, and not made from the process's number: in a namespace of its own that is the same for each.
        own = _FIRST_ID + 2 * secrets.randbelow(_PAIRS)
        ways: list[tuple[int, ...]] = [(), (kernel.CAP_DAC_READ_SEARCH,)] if confined else [()]
        for kept in ways:
            for worker, child in ((own, own + 1), (_NOBODY - 1, _NOBODY)):
                if _is_held((*_WORKER_NEEDS, *kept)) and _can_read_as(child, kept, files):
                    self._worker, self.child, self.kept = worker, child, kept
                    return

    @property
    def is_alone(self) -> bool:
        """Whether no process but the worker's children has their user id."""
        return self.child is not None and self.child != _NOBODY

    @property
    def worker(self) -> int:
        """The user id of the worker."""
        return self._worker if self.child is not None else os.getuid()

    def become_worker(self) -> None:
        """Stop being root, and keep only the rights to start a child and to end it."""
        kernel.never_gain_privileges()
        if self.child is not None:
            _become(self._worker, (*_WORKER_NEEDS, *self.kept))
        kernel.hide_memory()
        self._parent = os.getpid()

    def become_child(self) -> None:
        """Take the child's user, give up what the worker may do, and end when the worker ends."""
        if self.child is not None:
            _become(self.child, self.kept)
        else:
            kernel.set_capabilities(())
        kernel.never_gain_privileges()
        kernel.hide_memory()
        kernel.end_with_parent(signal.SIGKILL)
        if os.getppid() != self._parent:  # it has ended already: nobody would send the signal
            signal.raise_signal(signal.SIGKILL)


def _needed_files() -> list[str]:
    """One file of each place that code is imported from, as a sample of what the child's user must be able to read."""
    specs = (importlib.util.find_spec(name) for name in ("os", "torch", "numpy", "_ctypes"))
    return [spec.origin for spec in specs if spec is not None and spec.origin and os.path.isabs(spec.origin)]  # noqa: PTH117 - a text


def _become(user: int, keep: Collection[int]) -> None:
    kernel.keep_capabilities_when_the_user_changes()
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    kernel.set_capabilities(keep)


def _is_held(wanted: Collection[int]) -> bool:
    held = kernel.capabilities()
    return all(held >> number & 1 for number in wanted)


def _can_read_as(user: int, kept: Collection[int], files: Collection[str]) -> bool:
    """Try in a process of its own: only the kernel knows which ids and which files a user is allowed."""
    child = os.fork()
    if child == 0:
        failed = 1
        try:
            with contextlib.suppress(OSError):
                _become(user, kept)
                for file in files:
                    Path(file).open("rb").close()
                failed = 0
        finally:
            os._exit(failed)
    return os.waitpid(child, 0)[1] == 0


def _hold_capability() -> None:
    # To read files whatever their mode is kept where Python lies in a folder that only root may enter.
    if kernel.capabilities() & ~(1 << kernel.CAP_DAC_READ_SEARCH) == 0:
        refuse()
