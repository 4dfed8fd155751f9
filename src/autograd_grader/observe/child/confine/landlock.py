"""Layer: the files that a child may read, and the one folder where it may write (Landlock)."""

from __future__ import annotations

import functools
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from autograd_grader.observe.child.confine.layer import Layer, Preparation, Probe, Trial, read_byte
from autograd_grader.observe.child.confine.paths import listable

if TYPE_CHECKING:
    import landlockpy


class Landlock(Layer):
    """The kernel's rules on files. They also refuse connections, and signals and sockets to processes outside."""

    name = "landlock"
    title = "Landlock: files"
    advice = "use Linux 5.13 or newer with `landlock` in its boot option `lsm=`, and `pip install landlockpy`"

    def prepare(self, preparation: Preparation) -> None:
        """Make the rules, while the worker may still open every path that they name."""
        if sys.platform != "linux":
            message = "only Linux has it"
            raise OSError(message)
        self._rules = _ruleset(preparation.readable, preparation.scratch.path)

    def apply(self, cpu_seconds: int) -> None:  # noqa: ARG002 - as declared
        """Put the rules in force."""
        self._rules.restrict()
        self._rules.close()

    def trials(self, probe: Probe) -> Iterator[Trial]:
        """Read and write outside of what is allowed."""
        yield Trial("read the program", lambda: read_byte(__file__))
        # A file that is not there, since a namespace hides it, can't show what Landlock refuses.
        for path in probe.forbidden:
            if Path(path).exists():
                yield Trial(f"read {path}", functools.partial(read_byte, path))
        yield Trial("read the grader's memory", lambda: read_byte(f"/proc/{os.getppid()}/maps"))
        yield Trial("list the root folder", lambda: os.listdir("/"))  # noqa: PTH208 - raised at once
        yield Trial("write outside its folder", lambda: tempfile.TemporaryFile(dir="/tmp").close())
        yield Trial("make a folder", lambda: Path("folder").mkdir())


def _ruleset(readable: list[str], scratch: str) -> landlockpy.Ruleset:
    """The rules; rights that this kernel does not know are left out.

    Through landlockpy, which knows every version of the kernel's interface; `landlock` knows of files alone.
    """
    import landlockpy

    access = landlockpy.AccessFS
    rules = landlockpy.Ruleset(scoped=landlockpy.Scope.ABSTRACT_UNIX_SOCKET | landlockpy.Scope.SIGNAL)
    for path in readable:
        rights = access.READ_FILE | (access.READ_DIR if os.path.isdir(path) else access.NONE)  # noqa: PTH112 - fast
        rules.allow_path(path, rights)
    for path in listable():
        rules.allow_path(path, access.READ_DIR)
    rules.allow_path(os.devnull, access.WRITE_FILE | access.READ_FILE)
    # No folders, links, pipes or sockets in it: a flat folder is soon counted and emptied.
    flat = access.READ_FILE | access.READ_DIR | access.WRITE_FILE | access.TRUNCATE | access.MAKE_REG
    rules.allow_path(scratch, flat | access.REMOVE_FILE)
    return rules
