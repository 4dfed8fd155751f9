"""The folder for reports: tried before anything is graded, claimed by one run at a time, and tidied."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

from autograd_grader.errors import OutputError, UsageError

_TEMPORARY = re.compile(r"\.[0-9a-f]{16}\.tmp")
"""The names that `write_whole` gives to files that are not whole yet."""


def try_out(out: Path) -> None:
    """Make the folder for reports; raises `UsageError` or `OutputError` where nothing can be written in it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=out):
            pass
    except (FileExistsError, NotADirectoryError) as error:
        message = f"{out} is a file or lies in one; name a folder for the reports with --out"
        raise UsageError(message) from error
    except OSError as error:
        message = f"can't write in {out} ({error.strerror or error}); name another folder with --out"
        raise OutputError(message) from error


@contextlib.contextmanager
def claimed(out: Path) -> Iterator[None]:
    """Keep other runs out of a folder, and take away the temporary files that a killed one left in it.

    The claim ends with the process, however that ends. Raises `UsageError` where another run has the folder, and
    `OutputError` at the end where the folder is another one by then.
    """
    descriptor = os.open(out, os.O_RDONLY)
    try:
        _lock(descriptor, out)
        _tidy(out)
        yield
        _look_again(descriptor, out)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, out: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        message = f"another run is writing into {out}; wait for its end, or name another folder with --out"
        raise UsageError(message) from error
    except OSError:
        # Some network file systems have no locks: better without one than not at all.
        return


def _look_again(descriptor: int, out: Path) -> None:
    try:
        same = os.path.samestat(os.fstat(descriptor), out.stat())
    except OSError:
        same = False
    if not same:
        message = f"{out} was removed or moved while reports were written into it: run the command again"
        raise OutputError(message)


def _tidy(out: Path) -> None:
    with os.scandir(out) as entries:
        folders = [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
    for folder in (out, *folders):
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for left in [entry.path for entry in entries if _TEMPORARY.fullmatch(entry.name)]:
                Path(left).unlink()
