"""How a child locks itself in before it reads what a student wrote: layer 3 of the sandbox, and who it is.

The warm process prepares a `Confinement` once; each child only turns the key.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from autograd_grader.observe.child.confine.landlock import readable
from autograd_grader.observe.child.confine.scratch import Scratch

MAX_THREADS = 64


class ConfinementError(Exception):
    """A layer that was asked for does not hold; no student code may run here."""


class Confinement:
    """What a child needs to lock itself in, prepared by the warm process."""

    def __init__(self, folder: str) -> None:
        """Make a scratch folder below `folder`, rules, the filter, and the users to be.

        Only a process of one thread may do so: one that has just been forked.
        """
        self.scratch = Scratch(folder)
        self.missing: dict[str, str] = {}
        """The layers that can't be had here, each with the reason."""
        self.readable = readable()
        """The files and folders that may be read, by which a refusal is named."""
        self._rules: Any = None
        self._calls: Any = None
        self._identity: Any = None
        if sys.platform == "linux":
            self._prepare()
        else:
            self.missing |= dict.fromkeys(("landlock", "seccomp"), "only Linux has it")

    def _prepare(self) -> None:
        import resource  # noqa: F401 - each child needs it, and would pay a millisecond to import it

        from autograd_grader.observe.child.confine import landlock as files
        from autograd_grader.observe.child.confine import seccomp as calls

        self._rules = self._try("landlock", lambda: files.ruleset(self.readable, self.scratch.path))
        self._calls = self._try("seccomp", calls.compiled)
        self._identity = self._try("user", self._change_user)

    def close(self, *, strict: bool) -> None:
        """Confinement this child in, for good; raises `ConfinementError` if `strict` and a layer is missing."""
        if strict and self.missing:
            raise ConfinementError(", ".join(self.missing))
        os.chdir(self.scratch.path)
        tempfile.tempdir = self.scratch.path
        if sys.platform != "linux":
            return
        from autograd_grader.observe.child.confine.seccomp import own_signals_only

        if self._identity is not None:
            self._identity.become_child()
            self._bound_threads()
        if self._rules is not None:
            self._rules.restrict()
            self._rules.close()
        if self._calls is not None:
            # The small one first: once the other is loaded, loading a filter is itself not allowed.
            own_signals_only(os.getpid()).load()
            self._calls.load()

    def _change_user(self) -> Any:
        from autograd_grader.observe.child.confine.user import Users

        identity = Users(_needed_files(), walled="landlock" not in self.missing)
        if identity.child is not None:
            self.scratch.give(identity.warm, identity.child)
        identity.become_warm()
        return identity

    def _bound_threads(self) -> None:
        """Limit the threads of this child, where the system counts them apart from those of the same user."""
        import resource

        if self._identity.alone or self.scratch.own_users:
            resource.setrlimit(resource.RLIMIT_NPROC, (MAX_THREADS, MAX_THREADS))

    def _try(self, layer: str, make: Callable[[], Any]) -> Any:
        try:
            return make()
        except Exception as error:  # noqa: BLE001 - a kernel, a package or a machine without it: told, not raised
            self.missing[layer] = str(error) or type(error).__name__
            return None


def _needed_files() -> list[str]:
    """One file of each place that code is imported from, as a sample of what the child's user must be able to read."""
    specs = (importlib.util.find_spec(name) for name in ("os", "torch", "numpy", "_ctypes"))
    return [spec.origin for spec in specs if spec is not None and spec.origin and os.path.isabs(spec.origin)]  # noqa: PTH117 - a text
