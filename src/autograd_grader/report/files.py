"""Files that are whole or absent: a reader never meets half a report."""

from __future__ import annotations

import contextlib
import errno
import os
from typing import TYPE_CHECKING

from autograd_grader.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

_FULL = "the disk is full: free some space, then run the command again"
_REFUSED = "writing is not allowed there: choose another folder, or change its permissions"
_REMEDIES = {
    errno.ENOSPC: _FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): _FULL,  # Windows has no quotas under this name
    errno.EACCES: _REFUSED,
    errno.EPERM: _REFUSED,
    errno.EROFS: "the disk is read-only: choose a folder on another one",
    errno.ENOTDIR: "a file stands where a folder is needed: move it away, or choose another folder",
    errno.EEXIST: "a file stands where a folder is needed: move it away, or choose another folder",
    errno.EISDIR: "a folder stands where the file is to go: move it away, or choose another folder",
    errno.ENAMETOOLONG: "the path is too long: choose a folder nearer to the top",
}


def write_whole(path: Path, text: str) -> None:
    """Write a UTF-8 file in one step, in a folder that is made if need be.

    There is no `fsync`: a batch writes thousands of files, and after a power cut it is simply run again.
    Raises `OutputError`.
    """
    # Not `tempfile`: its files are for the owner alone, and a report is for whoever may read the folder.
    temporary = path.with_name(f".{os.urandom(8).hex()}.tmp")
    try:
        _create(temporary, text.encode())
        temporary.replace(path)
    except OSError as error:
        message = f"can't write {path}: {_remedy(error)}"
        raise OutputError(message) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _create(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _remedy(error: OSError) -> str:
    reason = (error.strerror or type(error).__name__).lower()
    return _REMEDIES.get(error.errno or 0, f"{reason}: choose another folder")
