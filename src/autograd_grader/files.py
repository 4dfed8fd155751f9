"""Files that are whole or absent: a reader never meets half a report."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING

from autograd_grader.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FULL = "the disk is full: free some space, then run the command again"
_REFUSED = "writing is not allowed there: choose another folder, or change its permissions"
_REMEDIES = {
    errno.ENOSPC: _FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): _FULL,  # Windows has no quotas under this name
    errno.EACCES: _REFUSED,
    errno.EPERM: _REFUSED,
    errno.EFBIG: "no file may be that large here: raise the limit (`ulimit -f`), then run the command again",
    errno.ENOENT: "the folder for it has vanished: run the command again",
    errno.EROFS: "the disk is read-only: choose a folder on another one",
    errno.ENOTDIR: "a file stands where a folder is needed: move it away, or choose another folder",
    errno.EEXIST: "a file stands where a folder is needed: move it away, or choose another folder",
    errno.EISDIR: "a folder stands where the file is to go: move it away, or choose another folder",
    errno.ENAMETOOLONG: "the path is too long: choose a folder nearer to the top",
}


_NO_ROOM = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EROFS, errno.EFBIG, errno.ENOENT})
"""The errors that every other file in the folder would meet too."""


def is_without_room(error: OutputError) -> bool:
    """Whether every other file in the folder would meet the same error: a full disk, or a read-only one."""
    return isinstance(error.__cause__, OSError) and error.__cause__.errno in _NO_ROOM


def write_whole(path: Path, content: str | bytes | Iterable[str]) -> None:
    """Write a file in one step, text as UTF-8, in a folder that is made if need be.

    Content that comes in pieces is never held as a whole.
    There is no `fsync`: a batch writes thousands of files, and after a power cut it is simply run again.
    Raises `OutputError`.
    """
    # Not `tempfile`: its files are for the owner alone, and a report is for whoever may read the folder.
    temporary = path.with_name(f".{os.urandom(8).hex()}.tmp")
    try:
        _create(temporary, _encoded(content))
        temporary.replace(path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def link_out_of(folder: Path, path: Path) -> Path | None:
    """The first link on a path through a folder that leads out of it; None where there is none."""
    top, whole = (folder.__class__(os.path.abspath(each)) for each in (folder, path))  # noqa: PTH100 - links stay
    inside = [part for part in (whole, *whole.parents) if part != top and part.is_relative_to(top)]
    real = os.path.realpath(top)
    leading_out = (p for p in reversed(inside) if p.is_symlink() and not _is_below(os.path.realpath(p), real))
    return next(leading_out, None)


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(os.path.join(folder, ""))  # noqa: PTH118


def make_folder(path: Path) -> None:
    """Make a folder, if it is not there, and those above it; raises `OutputError`."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(path, error) from error


def remove(path: Path) -> None:
    """Take a file away, if it is there; raises `OutputError` where that is refused."""
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:
        return
    except OSError as error:
        raise _refused(path, error) from error


def read_regular(path: Path, at_most: int) -> bytes:
    """A regular file's bytes; raises `OSError` for anything else, and for a file of more than `at_most` bytes."""
    with open(path, "rb", opener=_without_waiting) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", str(path))
        content = file.read(at_most + 1)
    if len(content) > at_most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return content


def _without_waiting(path: str, flags: int) -> int:
    # To open a FIFO would wait for a writer who never comes.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _encoded(content: str | bytes | Iterable[str]) -> Iterable[bytes]:
    if isinstance(content, bytes):
        return (content,)
    return (piece.encode() for piece in ((content,) if isinstance(content, str) else content))


def _create(path: Path, content: Iterable[bytes]) -> None:
    try:
        file = path.open("wb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("wb")
    with file:
        file.writelines(content)


def _refused(path: Path, error: OSError) -> OutputError:
    reason = (error.strerror or type(error).__name__).lower()
    remedy = _REMEDIES.get(error.errno or 0, f"{reason}: choose another folder")
    return OutputError(f"can't write {path}: {remedy}")
