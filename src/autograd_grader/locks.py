"""Locks a folder for one process at a time; the lock ends with the process, however that ends."""

from __future__ import annotations

import os
from pathlib import Path


def lock_folder(path: Path) -> int | None:
    """Lock a folder, and give the descriptor that holds the lock until it is closed.

    None where the system or the file system has no such locks. Raises `BlockingIOError` where another process has the
    lock, `FileNotFoundError` where the folder is gone, another `OSError` where it can't be opened.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise
    except OSError:  # some network file systems have no locks
        os.close(descriptor)
        return None
    return descriptor
