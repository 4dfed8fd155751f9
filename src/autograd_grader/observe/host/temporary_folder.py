"""Temporary folders that never pile up: each goes with its process, or, if that was killed, when the next is made."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Self

from autograd_grader.errors import SandboxError

_PREFIX = "autograd-grader-run-"
_NAME = re.compile(rf"{_PREFIX}\w{{8}}")


class TemporaryFolder:
    """A temporary folder of this process. Use it as a context manager, or clear it away."""

    def __init__(self) -> None:
        """Make it, after clearing away those whose processes are gone; raises `SandboxError` where that is refused."""
        try:
            _sweep(Path(tempfile.gettempdir()))
            self.path, self._claim = _made()
        except OSError as error:
            message = (
                f"no temporary folder can be made ({error.strerror or error}): "
                "free some space there, or name another folder in the variable TMPDIR"
            )
            raise SandboxError(message) from error

    def __enter__(self) -> Self:
        """The workplace itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Clear it away."""
        self.clear()

    def clear(self) -> None:
        """Remove the folder and all in it; may be called twice."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._claim is not None:
            os.close(self._claim)
            self._claim = None


def _made() -> tuple[Path, int | None]:
    """A new folder and the claim on it; between the two, another process may have taken it for a dead one's."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        try:
            claim = _claim(path)
        except (BlockingIOError, FileNotFoundError):
            continue
        if path.exists():
            return path, claim
        if claim is not None:
            os.close(claim)


def _sweep(top: Path) -> None:
    with contextlib.suppress(OSError), os.scandir(top) as entries:
        left = [Path(entry.path) for entry in entries if _NAME.fullmatch(entry.name)]
    for path in left:
        with contextlib.suppress(OSError):  # for one that is claimed, or can't be opened
            claim = _claim(path)
            if claim is None:
                continue
            if os.fstat(claim).st_uid == os.getuid():
                shutil.rmtree(path, ignore_errors=True)
            os.close(claim)


def _claim(path: Path) -> int | None:
    """Claim a folder for as long as this process lives, however it ends; None where the system has no such claims.

    Raises `BlockingIOError` where another process has it, `FileNotFoundError` where it is gone.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if isinstance(error, BlockingIOError):
            raise
        return None
    return descriptor
