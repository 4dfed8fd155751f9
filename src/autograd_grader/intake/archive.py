"""A submission that is a `.zip`: read in memory, entry by entry, and never unpacked to disk."""

from __future__ import annotations

import calendar
import io
import stat
import zipfile
import zlib
from functools import partial
from typing import IO, TYPE_CHECKING

from autograd_grader.errors import UnreadableError
from autograd_grader.intake.gather import Entry, Gathering, read_capped, too_large, unopened
from autograd_grader.intake.junk import foreign_folders, is_junk
from autograd_grader.intake.limits import (
    KIB,
    MAX_DEPTH,
    MAX_DIRECTORY_BYTES,
    MAX_ENTRIES,
    MAX_INNER_ARCHIVE_BYTES,
    MAX_RATIO,
)
from autograd_grader.intake.names import clean, inner_path, is_python, suffix

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,  # a feature that zipfile lacks
    RuntimeError,  # encrypted
    ValueError,  # also a name that is not in the encoding it claims
    LookupError,
    ArithmeticError,
)
"""What `zipfile` raises over damaged or hostile archives, most of it undocumented."""

READABLE_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""The two that every system writes; zipfile can't bound the memory that the others take."""

NAME_IS_UTF8 = 0x800
ENCRYPTED = 0x1
ZIP_AGAIN = "zip your files again, check that the .zip opens, and hand it in once more"


class _BoundedFile(io.FileIO):
    """A file that gives no more at once than an archive's list of entries may take, whatever its header claims."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(_bounded(size))


class _BoundedBytes(io.BytesIO):
    """The same for an archive in memory."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(_bounded(size))


def _bounded(size: int | None) -> int:
    if size is None or size < 0:
        return MAX_DIRECTORY_BYTES
    if size > MAX_DIRECTORY_BYTES:
        msg = f"it holds far more than {MAX_ENTRIES} entries; hand in only your own files"
        raise UnreadableError(msg)
    return size


def gather_archive(path: Path, gathering: Gathering) -> None:
    """Read an archive on disk; raises `UnreadableError` when it is none, or broken as a whole."""
    try:
        stream = _BoundedFile(path)
    except OSError as error:
        raise unopened(error) from error
    with stream:
        _gather(stream, gathering, may_nest=True)


def _gather(stream: IO[bytes] | io.RawIOBase, gathering: Gathering, *, may_nest: bool) -> None:
    with _opened(stream) as archive:
        members = _members(archive, gathering)
        for path, info in sorted(members.items(), key=lambda member: (member[0].count("/"), member[0])):
            if is_python(path):
                gathering.add(_entry(archive, path, info))
        if may_nest:
            _gather_inner(archive, members, gathering)


def _opened(stream: IO[bytes] | io.RawIOBase) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except BROKEN as error:
        msg = f"it is not a sound .zip ({clean(str(error)) or type(error).__name__}); {ZIP_AGAIN}"
        raise UnreadableError(msg) from error


def _gather_inner(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], gathering: Gathering) -> None:
    """Read the archive in the archive where that is all there is; deeper ones are not opened."""
    if len(members) != 1 or is_python(next(iter(members))):
        return
    ((path, info),) = members.items()
    try:
        data = _read(archive, info, MAX_INNER_ARCHIVE_BYTES)
        _gather(_BoundedBytes(data), gathering, may_nest=False)
    except UnreadableError as error:
        gathering.leave_out(path, error)


def _members(archive: zipfile.ZipFile, gathering: Gathering) -> dict[str, zipfile.ZipInfo]:
    """Give the Python files and inner archives that may be read, by their paths."""
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        gathering.tell(f"Only the first {MAX_ENTRIES} files and folders were looked at.")
    members: dict[str, zipfile.ZipInfo] = {}
    paths = [(_path(info, gathering), info) for info in infos[:MAX_ENTRIES]]
    foreign = _foreign_paths(path for path, _ in paths)
    for path, info in paths:
        is_read = (is_python(path) or suffix(path) == ".zip") and not info.is_dir()
        if not is_read or _is_foreign(path, foreign) or not _is_sound(path, info, gathering):
            continue
        if path in members:
            gathering.tell(f"{path} is there twice; the last one was read.")
        members[path] = info
    return members


def _path(info: zipfile.ZipInfo, gathering: Gathering) -> str:
    """Give an entry's path; empty where it is not to be read."""
    name = _name(info)
    try:
        return inner_path(name)
    except UnreadableError as error:
        gathering.leave_out(clean(name)[:200], error)
        return ""


def _name(info: zipfile.ZipInfo) -> str:
    """Give an entry's name; many programs write UTF-8 without saying so, and `zipfile` then takes it for CP437."""
    if info.flag_bits & NAME_IS_UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _foreign_paths(paths: Iterable[str]) -> set[str]:
    """Give the folders that are of virtual environments or copies made by a build."""
    foreign: set[str] = set()
    for path in paths:
        parts = path.lower().split("/")[:MAX_DEPTH]
        for place, part in enumerate(parts):
            foreign.update("/".join([*parts[:place], name]) for name in foreign_folders([part]))
    return foreign


def _is_foreign(path: str, foreign: set[str]) -> bool:
    if any(is_junk(part) for part in path.split("/")):
        return True
    parts = path.lower().split("/")[:-1]
    return bool(foreign) and any("/".join(parts[:end]) in foreign for end in range(1, min(len(parts), MAX_DEPTH) + 1))


def _is_sound(path: str, info: zipfile.ZipInfo, gathering: Gathering) -> bool:
    """Whether an entry can be read; where not, it says why."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if stat.S_ISLNK(kind):
        reason = "it is a link; zip the file itself"
    elif kind and not stat.S_ISREG(kind):
        reason = "it is not a regular file"
    elif info.flag_bits & ENCRYPTED:
        reason = "it is encrypted; zip it without a password"
    elif info.compress_type not in READABLE_METHODS:
        reason = "it is compressed in a way that is not read here; zip it with your system's own program"
    elif info.file_size > KIB * KIB and info.file_size > MAX_RATIO * info.compress_size:
        reason = "it expands like a zip bomb"
    elif path.count("/") > MAX_DEPTH:
        reason = f"it lies more than {MAX_DEPTH} folders deep"
    else:
        return True
    gathering.leave_out(path, reason)
    return False


def _entry(archive: zipfile.ZipFile, path: str, info: zipfile.ZipInfo) -> Entry:
    return Entry(path, info.file_size, _modified(info), partial(_read, archive, info))


def _modified(info: zipfile.ZipInfo) -> float:
    """Give an entry's time as if it were UTC: a zip has no time zone, and marks must not depend on the grader's."""
    try:
        return float(calendar.timegm((*info.date_time, 0, 0, 0)))
    except (ValueError, OverflowError):
        return 0.0


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    if info.file_size > limit:
        raise too_large(limit)
    try:
        with archive.open(info) as stream:
            return read_capped(stream, limit)
    except BROKEN as error:
        msg = f"it is damaged in the archive; {ZIP_AGAIN}"
        raise UnreadableError(msg) from error
