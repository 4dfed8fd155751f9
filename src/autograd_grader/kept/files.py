"""The files of one graded submission: its reports, and what was observed of it, to be graded again from.

`report.json` bears the key, is taken away first and written last: where it is, the others beside it are of its key.
"""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, ValidationError

from autograd_grader.kept.key import Key
from autograd_grader.model.base import Record
from autograd_grader.model.observation import Observation
from autograd_grader.model.result import Result
from autograd_grader.report import make_folder, remove, write_result, write_whole

OBSERVATION = "observation.json.gz"
PAGE = "report.html"
REPORT = "report.json"
_LEVEL = 6
_LARGEST = 256 << 20
"""Bytes of an observation that is read back: what the frames of one submission can't come to."""


class Kept(Record):
    """An observation, and the key of the result that was first made of it."""

    model_config = ConfigDict(ser_json_inf_nan="constants")

    schema_version: Literal[1] = 1
    """The version of this layout."""
    key: Key
    observation: Observation

    def packed(self) -> bytes:
        """The same bytes for the same data: no time, and no name of a file."""
        return gzip.compress(self.model_dump_json(exclude_defaults=True).encode(), _LEVEL, mtime=0)


def write_graded(result: Result, kept: Kept | None, folder: Path) -> None:
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
        content = source.read_bytes()
    except OSError:
        return
    write_whole(target, content)


def read_kept(folder: Path) -> Kept | None:
    """The observation that lies in a folder; None where there is none, or it can't be read."""
    try:
        return Kept.model_validate_json(_unpacked((folder / OBSERVATION).read_bytes()))
    except (OSError, EOFError, zlib.error, ValidationError, ValueError):
        return None


def read_result(folder: Path) -> Result | None:
    """The result whose reports lie in a folder; None where there is none, or it can't be read."""
    try:
        return Result.model_validate_json((folder / REPORT).read_bytes())
    except (OSError, ValidationError):
        return None


def is_complete(folder: Path) -> bool:
    """Whether what belongs beside `report.json` is there, and not empty as after a power cut."""
    try:
        return all((folder / name).stat().st_size for name in (OBSERVATION, PAGE))
    except OSError:
        return False


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    text = unpacker.decompress(data, _LARGEST)
    if not unpacker.eof:
        message = "it is cut short, or larger than any observation"
        raise EOFError(message)
    return text
