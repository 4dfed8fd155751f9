"""The files of one submission as they are read, within the limits, and the notices on what was left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import IO, TYPE_CHECKING

from autograd_grader.errors import UnreadableError
from autograd_grader.intake.decode import decode
from autograd_grader.intake.limits import (
    KIB,
    MAX_FILES,
    MAX_NOTEBOOK_BYTES,
    MAX_NOTICES,
    MAX_PYTHON_BYTES,
    MAX_READ_BYTES,
    MAX_SOURCE_BYTES,
)
from autograd_grader.intake.names import suffix
from autograd_grader.model.submission import Cell, SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograd_grader.intake.notebook import Budget
    from autograd_grader.intake.syntax import Neutralizer

SAME_TIME = 2.0
"""Seconds within which two files count as of one time: archives keep times to two seconds, a checkout sets them all."""


@dataclass(frozen=True)
class Entry:
    """A Python file or notebook that can be read, wherever it is kept."""

    path: str
    """Relative, with forward slashes."""
    size: int
    """As the folder or archive has it, which need not be true."""
    modified: float
    read: Callable[[int], bytes]
    """Give all its bytes; raise `UnreadableError` when they are more than that many, or can't be had."""


@dataclass
class Gathering:
    """What has been read so far."""

    files: dict[str, SourceFile] = field(default_factory=dict)
    written: dict[str, SourceFile] = field(default_factory=dict)
    """What notebooks make with `%%writefile`."""
    notices: list[str] = field(default_factory=list)
    read_bytes: int = 0
    source_bytes: int = 0
    untold: int = 0

    def tell(self, notice: str) -> None:
        """Note what was left out, unless it was said or too much was."""
        if notice in self.notices:
            return
        if len(self.notices) < MAX_NOTICES:
            self.notices.append(notice)
        else:
            self.untold += 1

    def leave_out(self, path: str, reason: object) -> None:
        """Note that a file was not read, and why."""
        self.tell(f"{path} was left out: {reason}.")

    def add(self, entry: Entry) -> None:
        """Read a file, or note why it can't be."""
        if len(self.files) + len(self.written) >= MAX_FILES:
            self.tell(f"Only the first {MAX_FILES} Python files were read; hand in only your own.")
            return
        try:
            self._read(entry)
        except UnreadableError as error:
            self.leave_out(entry.path, error)

    def _read(self, entry: Entry) -> None:
        is_notebook = suffix(entry.path) == ".ipynb"
        limit = MAX_NOTEBOOK_BYTES if is_notebook else MAX_PYTHON_BYTES
        if entry.size > limit:
            raise too_large(limit)
        data = entry.read(min(limit, MAX_READ_BYTES - self.read_bytes))
        self.read_bytes += len(data)
        if is_notebook:
            self._add_notebook(entry, data)
        else:
            self._add_python(entry, data)

    def _add_python(self, entry: Entry, data: bytes) -> None:
        text, oddity = decode(data)
        self._keep(SourceFile(path=entry.path, cells=(Cell(source=text),), modified=entry.modified), self.files)
        if oddity:
            self.tell(f"{entry.path}: {oddity}.")

    def _add_notebook(self, entry: Entry, data: bytes) -> None:
        from autograd_grader.intake.notebook import read_notebook

        notebook = read_notebook(data, entry.path, self._neutralizer, self._budget)
        self._keep(SourceFile(path=entry.path, cells=notebook.cells, modified=entry.modified), self.files)
        for path, text in notebook.written.items():
            self._keep(SourceFile(path=path, cells=(Cell(source=text),), modified=entry.modified), self.written)
        for notice in notebook.notices:
            self.tell(notice)

    @cached_property
    def _budget(self) -> Budget:
        from autograd_grader.intake.notebook import Budget

        return Budget()

    @cached_property
    def _neutralizer(self) -> Neutralizer:
        from autograd_grader.intake.syntax import Neutralizer

        return Neutralizer()

    def _keep(self, file: SourceFile, among: dict[str, SourceFile]) -> None:
        size = sum(len(cell.source.encode("utf-8")) for cell in file.cells)
        if len(self.files) + len(self.written) >= MAX_FILES:  # a notebook may write many
            msg = f"there are more than {MAX_FILES} Python files; hand in only your own"
            raise UnreadableError(msg)
        if self.source_bytes + size > MAX_SOURCE_BYTES:
            raise too_large(MAX_SOURCE_BYTES, "with it your sources are")
        self.source_bytes += size
        if file.path in among:
            self.tell(f"{file.path} is there twice; the last one was read.")
        among[file.path] = file

    def all_files(self) -> tuple[SourceFile, ...]:
        """Give the files by path, with those that notebooks write: these win over older ones of the same path."""
        files = dict(self.files)
        for path, made in self.written.items():
            if path not in files or files[path].modified <= made.modified + SAME_TIME:
                files[path] = made
            else:
                self.tell(f"{path} was handed in, so a notebook's older %%writefile of it was left out.")
        return tuple(files[path] for path in sorted(files))

    def all_notices(self) -> tuple[str, ...]:
        """Give the notices, the last of which counts those left unsaid."""
        return (*self.notices, f"{self.untold} more of this kind.") if self.untold else tuple(self.notices)


def read_capped(stream: IO[bytes], limit: int) -> bytes:
    """Read a stream in pieces to its end; raise `UnreadableError` when it holds more than `limit` bytes."""
    pieces: list[bytes] = []
    left = limit
    while piece := stream.read(64 * KIB):
        pieces.append(piece)
        left -= len(piece)
        if left < 0:
            raise too_large(limit)
    return b"".join(pieces)


def unopened(error: OSError) -> UnreadableError:
    """Give the error for a file or folder that the system does not open."""
    return UnreadableError(f"it can't be opened ({error.strerror or error}); check its permissions and try again")


def too_large(limit: int, subject: str = "it is") -> UnreadableError:
    """Give the error for what passes a limit."""
    size = f"{limit // (KIB * KIB)} MiB" if limit >= KIB * KIB else f"the {limit} bytes that are left to it"
    return UnreadableError(f"{subject} larger than {size}; hand in only what the exercises ask for")
