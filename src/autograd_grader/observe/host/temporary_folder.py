"""Temporary folders that don't accumulate: one that a killed process left is removed when the next is made."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Self

from autograd_grader.errors import SandboxError
from autograd_grader.locks import lock_folder

_PREFIX = "autograd-grader-run-"
_NAME = re.compile(rf"{_PREFIX}\w{{8}}")


class TemporaryFolder:
    """A temporary folder of this process. Use it as a context manager, or call `clear`."""

    def __init__(self) -> None:
        """Make it, after removing those whose processes have ended; raises `SandboxError` where none can be made."""
        try:
            _remove_abandoned(Path(tempfile.gettempdir()))
            self.path, self._lock = _made()
        except OSError as error:
            message = (
                f"no temporary folder can be made ({error.strerror or error}): "
                "free some space there, or name another folder in the variable TMPDIR"
            )
            raise SandboxError(message) from error

    def __enter__(self) -> Self:
        """The folder itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove it."""
        self.clear()

    def clear(self) -> None:
        """Remove the folder and all in it; may be called twice."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _made() -> tuple[Path, int | None]:
    """A new folder and the lock on it; before it is locked, another process may have taken it for an abandoned one."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        try:
            lock = lock_folder(path)
        except (BlockingIOError, FileNotFoundError):
            continue
        if path.exists():
            return path, lock
        if lock is not None:
            os.close(lock)


def _remove_abandoned(top: Path) -> None:
    with contextlib.suppress(OSError), os.scandir(top) as entries:
        found = [Path(e.path) for e in entries if _NAME.fullmatch(e.name) and e.is_dir(follow_symlinks=False)]
        for path in found:
            with contextlib.suppress(OSError):  # one that is locked, or can't be opened
                _remove_if_abandoned(path)


def _remove_if_abandoned(path: Path) -> None:
    lock = lock_folder(path)
    if lock is None:
        return
    try:
        if os.fstat(lock).st_uid == os.getuid():
            shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(lock)
