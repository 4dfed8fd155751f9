"""What a layer of the sandbox is: how a worker prepares it, how a child applies it, and trials of what it refuses."""

from __future__ import annotations

import errno
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from autograd_grader.observe.child.confine.paths import readable
from autograd_grader.observe.child.confine.scratch import Scratch

REFUSED = frozenset({
    errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOMEM, errno.EMFILE, errno.EFBIG, errno.EAGAIN
})  # fmt: skip
"""The errors by which the kernel refuses what it was asked for."""


@dataclass
class Preparation:
    """What the layers of one worker share while they are prepared."""

    scratch: Scratch
    hidden: Collection[str] = ()
    """Folders that must not be readable, as real paths."""
    missing: dict[str, str] = field(default_factory=dict)
    """The layers that can't be had here, by their names, each with the reason."""
    counts_threads: bool = False
    """Whether the system counts a child's threads apart from those of other processes."""
    readable: list[str] = field(init=False)
    """The files and folders that a child may read."""

    def __post_init__(self) -> None:
        """List the readable paths: the worker can still look everywhere."""
        self.readable = readable(self.hidden)


@dataclass(frozen=True)
class Probe:
    """What the trials of this machine need to know."""

    forbidden: Collection[str] = ()
    """Files that a child must not be able to read."""
    server: str | None = None
    """The abstract address of a socket that the grader listens at; None where the worker is in no namespaces."""


@dataclass(frozen=True)
class Trial:
    """An attempt at something forbidden, which raises `OSError` where it is refused, and what to call it.

    It does no harm where it is not refused: signals are number 0, limits are only asked for, files are empty.
    """

    what: str
    attempt: Callable[[], object]

    def is_refused(self, refusals: Collection[int]) -> bool:
        """Whether the attempt fails with one of the error numbers `refusals`."""
        try:
            self.attempt()
        except (MemoryError, RuntimeError):  # what Python raises for no memory and no more threads
            return True
        except OSError as error:
            # Another error, for a bad address say, means that the call was let in and looked at its arguments.
            return error.errno in refusals
        return False


class Layer:
    """One layer of the sandbox; a subclass says what it refuses and how.

    A worker prepares it once, with whatever rights the grader has; each of its children applies it, for good.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    advice: ClassVar[str]
    """What to do where it does not hold."""
    required: ClassVar[bool] = True
    """Whether `--sandbox strict` needs it."""
    refusals: ClassVar[Collection[int]] = REFUSED
    """The error numbers that show that an attempt was refused."""
    tried_first: ClassVar[bool] = False
    """Whether its trials are made before any layer is applied, since the others refuse the same attempts."""

    def prepare(self, preparation: Preparation) -> None:
        """Make ready what children need; raises any exception where the layer can't be had here."""

    def apply(self, cpu_seconds: int) -> None:
        """Confine this child; `cpu_seconds` are the processor time that it may take."""

    def trials(self, probe: Probe) -> Iterable[Trial]:  # noqa: ARG002 - some need it
        """What a child in this layer must not be able to do."""
        return ()


def refuse() -> None:
    """Fail as a refused system call does, for a trial that only looks."""
    raise OSError(errno.EPERM, "refused")


def read_byte(path: str | Path) -> None:
    """Open a file and read from it."""
    with open(path, "rb") as file:  # noqa: PTH123 - the call itself is tried
        file.read(1)
