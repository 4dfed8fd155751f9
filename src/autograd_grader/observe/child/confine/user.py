"""Who a child is: never root, no capability, and no user that anything else on this machine runs as.

Where the program runs as root, three users take part. The grader stays root and keeps what it writes, and so does the
process that imports torch, which only forks warm processes. A warm process takes an unused user id; it keeps just the
capabilities to end a child and to give it its id, and loads no student code. Each child takes a second unused id, and
no capability: so the kernel's own checks keep it from signalling, tracing or slowing the warm process and the grader,
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
import os
import secrets
import signal
from collections.abc import Collection
from pathlib import Path

from autograd_grader.observe.child.confine import kernel

_FIRST_ID, _PAIRS = 0x7000_0000, 1 << 27
_NOBODY = 65_534
_WARM_NEEDS = (kernel.CAP_KILL, kernel.CAP_SETGID, kernel.CAP_SETUID)


class Users:
    """The user that the warm process becomes, and the one that its children become."""

    def __init__(self, files: Collection[str], *, walled: bool) -> None:
        """Find out who they can be and still read `files`; `walled` says whether Landlock will hold them."""
        self.child: int | None = None
        self.kept: tuple[int, ...] = ()
        self.is_root = os.getuid() == 0
        if not self.is_root:
            return
        # Drawn, and not made from the process's number: in a namespace of its own that is the same for each.
        own = _FIRST_ID + 2 * secrets.randbelow(_PAIRS)
        ways: list[tuple[int, ...]] = [(), (kernel.CAP_DAC_READ_SEARCH,)] if walled else [()]
        for kept in ways:
            for warm, child in ((own, own + 1), (_NOBODY - 1, _NOBODY)):
                if _is_held((*_WARM_NEEDS, *kept)) and _can_read_as(child, kept, files):
                    self._warm, self.child, self.kept = warm, child, kept
                    return

    @property
    def alone(self) -> bool:
        """Whether no process but the warm process's children has their user id."""
        return self.child is not None and self.child != _NOBODY

    def become_warm(self) -> None:
        """Stop being root, for the rest of the warm process's life; it is no more than what ends and starts a child."""
        kernel.never_gain_privileges()
        if self.child is not None:
            _become(self._warm, (*_WARM_NEEDS, *self.kept))
        kernel.hide_memory()
        self._parent = os.getpid()

    @property
    def warm(self) -> int:
        """The user id of the warm process."""
        return self._warm if self.child is not None else os.getuid()

    def become_child(self) -> None:
        """Take the child's user, give up what the warm process may do, and end when it ends."""
        if self.child is not None:
            _become(self.child, self.kept)
        else:
            kernel.set_capabilities(())
        kernel.never_gain_privileges()
        kernel.hide_memory()
        kernel.end_with_parent(signal.SIGKILL)
        if os.getppid() != self._parent:  # it has ended already: nobody would send the signal
            signal.raise_signal(signal.SIGKILL)


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
