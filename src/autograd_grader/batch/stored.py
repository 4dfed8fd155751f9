"""The files of one graded submission: its reports, and what was observed of it, to be graded again from.

`report.json` bears the key, is taken away first and written last: where it is, the others beside it are of its key.
"""

from __future__ import annotations

import errno
import gzip
import math
import os
import stat
import zlib
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, ValidationError

from autograd_grader.batch.cache_key import Key
from autograd_grader.files import make_folder, remove, write_whole
from autograd_grader.model.base import Record
from autograd_grader.model.observation import Observation
from autograd_grader.model.result import Result
from autograd_grader.report import write_result

OBSERVATION = "observation.json.gz"
PAGE = "report.html"
REPORT = "report.json"
_LEVEL = 6
_LARGEST = 256 << 20
"""Bytes of an observation that is read back: what the frames of one submission can't come to."""


class StoredObservation(Record):
    """An observation, and the key of the result that was first made of it."""

    model_config = ConfigDict(ser_json_inf_nan="constants")

    schema_version: Literal[1] = 1
    """The version of this layout."""
    key: Key
    observation: Observation

    def packed(self) -> bytes:
        """The same bytes for the same data: no time, and no name of a file."""
        return gzip.compress(self.model_dump_json(exclude_defaults=True).encode(), _LEVEL, mtime=0)


def write_graded(result: Result, kept: StoredObservation | None, folder: Path) -> None:
    """Write a submission's reports and its observation; raises `OutputError`, also where no folder holds this one.

    Without `kept` the result is good for once: the next batch grades the submission anew.
    """
    make_folder(folder)
    remove(folder / REPORT)
    if kept is None:
        remove(folder / OBSERVATION)
    else:
        write_whole(folder / OBSERVATION, kept.packed())
    write_result(result.model_copy(update={"key": kept.key.digest() if kept else ""}), folder)


def write_regraded(result: Result, key: Key, source: Path, folder: Path) -> None:
    """Write new reports, and the observation that they are made of where it lies in another folder.

    The observation never changes: its own key stays that of the run that made it. Raises `OutputError`.
    """
    if folder != source:
        remove(folder / REPORT)
        copy_file(source / OBSERVATION, folder / OBSERVATION)
    write_result(result.model_copy(update={"key": key.digest()}), folder)


def copy_graded(source: Path, folder: Path) -> None:
    """Copy what lies in a submission's folder, as it is; raises `OutputError`."""
    remove(folder / REPORT)
    for name in (OBSERVATION, PAGE, REPORT):
        copy_file(source / name, folder / name)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file whole, if it is there; raises `OutputError`."""
    try:
        content = read_regular(source)
    except OSError:
        return
    write_whole(target, content)


def read_observation(folder: Path) -> StoredObservation | None:
    """The observation that lies in a folder; None where there is none, or it can't be read."""
    try:
        return StoredObservation.model_validate_json(_unpacked(read_regular(folder / OBSERVATION)))
    except (OSError, EOFError, zlib.error, ValidationError, ValueError):
        return None


def read_result(folder: Path) -> Result | None:
    """The result whose reports lie in a folder; None where there is none, or it can't be read."""
    try:
        result = Result.model_validate_json(read_regular(folder / REPORT))
    except (OSError, ValidationError):
        return None
    return result if math.isfinite(_sum(result)) else None


def _sum(result: Result) -> float:
    """Of all points: endless where one of them is, which is none of ours, and no class's mean could be made of it."""
    marks = [(part.score, part.max_score, part.awaiting_review) for part in result.exercises]
    return sum(map(sum, marks), result.score + result.max_score + result.awaiting_review)


def is_complete(folder: Path) -> bool:
    """Whether what belongs beside `report.json` is there, and not empty as after a power cut."""
    try:
        found = [(folder / name).stat() for name in (OBSERVATION, PAGE)]
    except OSError:
        return False
    return all(stat.S_ISREG(status.st_mode) and status.st_size for status in found)


def read_regular(path: Path) -> bytes:
    """A regular file's bytes; raises `OSError` for anything else, and for one that is larger than any of ours."""
    with open(path, "rb", opener=_at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", str(path))
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return content


def _at_once(path: str, flags: int) -> int:
    # To open a FIFO would wait for a writer who never comes.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    text = unpacker.decompress(data, _LARGEST)
    if not unpacker.eof:
        message = "it is cut short, or larger than any observation"
        raise EOFError(message)
    return text
