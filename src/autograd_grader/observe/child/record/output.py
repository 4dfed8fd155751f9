"""Standard output and error of a child: one capped file, read back after each call."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile

MAX_OUTPUT = 1 << 20
"""Bytes that one call may print; the file-size limit of the process stops it there."""
MAX_KEPT = 1 << 14
"""Bytes of them that go into an observation."""


class Output:
    """Redirects the descriptors 1 and 2, so that what is printed from Python and from C is kept."""

    def __init__(self, folder: str) -> None:
        """Point both descriptors and `sys.stdout`, `sys.stderr` at a fresh unnamed file in `folder`."""
        self._file = _unnamed_file(folder)  # student code may close the other two
        os.dup2(self._file, 1)
        os.dup2(self._file, 2)
        sys.stdout = _stream(1)
        sys.stderr = _stream(2)
        self._streams = (sys.stdout, sys.stderr)

    def take(self) -> tuple[str, bool]:
        """What was printed since the last time, and whether it was more than a call may print."""
        for stream in self._streams:
            try:
                stream.flush()
            except (OSError, ValueError):  # full, or closed by the student
                continue
        size = os.fstat(self._file).st_size
        if not size:
            return "", False
        text = os.pread(self._file, MAX_KEPT, 0).decode("utf-8", "replace")
        os.ftruncate(self._file, 0)
        os.lseek(self._file, 0, os.SEEK_SET)
        return text, size >= MAX_OUTPUT


def _unnamed_file(folder: str) -> int:
    with contextlib.suppress(OSError, AttributeError):  # as `tempfile`, which would touch a hundred pages
        return os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600)
    with tempfile.TemporaryFile(dir=folder) as file:
        return os.dup(file.fileno())


def _stream(descriptor: int) -> io.TextIOWrapper:
    raw = io.FileIO(descriptor, "w", closefd=False)
    return io.TextIOWrapper(io.BufferedWriter(raw), "utf-8", "backslashreplace", write_through=True)
