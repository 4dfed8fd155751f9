"""The folder of reports: the one place that knows the names in it, reads them and writes them.

::

    batch.json                  what the next run has to know: the course
    gradebook.csv, index.html   the class, written last; other files of the class beside them
    <submission>/
        report.json             the result with its cache key
        report.html, ...        the same in other forms
        observation.json.gz     what was observed, to be graded again from

`report.json` is removed first and written last: where it is, the files beside it belong to its key. What is in a form
of its own (pages, the gradebook) comes as a name and content: the store knows no renderer.
"""

from __future__ import annotations

import contextlib
import csv
import io
import math
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import Literal

from pydantic import ValidationError

from autograd_grader.batch.stored_observation import LARGEST, StoredObservation
from autograd_grader.errors import OutputError, UsageError
from autograd_grader.files import link_out_of, make_folder, read_regular, remove, write_whole
from autograd_grader.locks import lock_folder
from autograd_grader.model.base import Record
from autograd_grader.model.result import Result

BATCH = "batch.json"
GRADEBOOK = "gradebook.csv"
CLASS_PAGE = "index.html"
REPORT = "report.json"
PAGE = "report.html"
OBSERVATION = "observation.json.gz"

Content = str | bytes | Iterable[str]
"""What a file holds: text is stored as UTF-8."""

_TEMPORARY = re.compile(r"\.[0-9a-f]{16}\.tmp")
"""The names that `write_whole` gives to files that are not whole yet."""


class BatchRecord(Record):
    """What a batch leaves for the next run into its folder."""

    schema_version: Literal[1] = 1
    """The version of this layout."""
    course: str | None
    """Where the course was found: a folder, a registered name, or None for the built-in one."""


class ReportStore:
    """A folder of reports."""

    def __init__(self, path: Path, report_names: Iterable[str]) -> None:
        """Keep reports in `path`; a submission's are complete where all of `report_names` are there."""
        self.path = path
        self._report_names = tuple(report_names)

    @property
    def gradebook_path(self) -> Path:
        """Where the gradebook is."""
        return self.path / GRADEBOOK

    @property
    def class_page_path(self) -> Path:
        """Where the class's page is."""
        return self.path / CLASS_PAGE

    def page(self, submission: str) -> Path:
        """Where the page of a submission is."""
        return self.path / submission / PAGE

    def is_same_folder(self, other: ReportStore) -> bool:
        """Whether both are one folder, whatever their paths."""
        # Not `Path.resolve`, which raises where a link leads to itself.
        return os.path.realpath(self.path) == os.path.realpath(other.path)

    # The folder itself

    def create(self, *graded: Path) -> None:
        """Make the folder, if need be, and try to write in it; raises `UsageError` or `OutputError`.

        Whoever handed in what is `graded` may have put a link in it: none of them leads out of it here.
        """
        for folder in graded:
            if (link := link_out_of(folder, self.path)) is not None:
                message = f"{link} is a link that leads out of {folder}: remove it, or name another folder with --out"
                raise UsageError(message)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with TemporaryFile(dir=self.path):
                pass
        except (FileExistsError, NotADirectoryError) as error:
            message = f"{self.path} is a file or lies in one; name a folder for the reports with --out"
            raise UsageError(message) from error
        except OSError as error:
            message = f"can't write in {self.path} ({error.strerror or error}); name another folder with --out"
            raise OutputError(message) from error

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other runs out of the folder, and remove the temporary files that a killed one left in it.

        The lock ends with the process, however that ends. Raises `UsageError` where another run holds it, and
        `OutputError` where the folder was removed or replaced meanwhile.
        """
        try:
            descriptor = lock_folder(self.path)
            locked = self.path.stat() if descriptor is None else os.fstat(descriptor)
        except BlockingIOError as error:
            message = f"another run is writing into {self.path}; wait for its end, or name another folder with --out"
            raise UsageError(message) from error
        except FileNotFoundError as error:
            raise self._vanished() from error
        try:
            self._remove_temporary_files()
            yield
            if not self._is_still(locked):
                raise self._vanished()
        finally:
            if descriptor is not None:
                os.close(descriptor)

    def _is_still(self, status: os.stat_result) -> bool:
        try:
            return os.path.samestat(status, self.path.stat())
        except OSError:
            return False

    def _vanished(self) -> OutputError:
        return OutputError(
            f"{self.path} was removed or moved while reports were written into it: run the command again"
        )

    def _remove_temporary_files(self) -> None:
        with os.scandir(self.path) as entries:
            folders = [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
        for folder in (self.path, *folders):
            with contextlib.suppress(OSError), os.scandir(folder) as entries:
                for temporary in [entry.path for entry in entries if _TEMPORARY.fullmatch(entry.name)]:
                    Path(temporary).unlink()

    # The batch

    def course(self) -> str | None:
        """Where the course of the batch was found; None for the built-in one, or where no batch was written yet.

        Raises `UsageError` where that can't be read.
        """
        path = self.path / BATCH
        try:
            return BatchRecord.model_validate_json(read_regular(path, LARGEST)).course
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValidationError) as error:
            message = f"{path}, which says what course the reports are of, can't be read: remove it, and give --course"
            raise UsageError(message) from error

    def remember_course(self, spec: str | None) -> None:
        """Have the next run find the course; raises `OutputError`."""
        write_whole(self.path / BATCH, BatchRecord(course=spec).model_dump_json(indent=2) + "\n")

    def gradebook(self) -> dict[str, dict[str, str]] | None:
        """The gradebook's rows, by the cell in the first column; None where there is none that can be read."""
        try:
            lines = io.StringIO(read_regular(self.path / GRADEBOOK, LARGEST).decode("utf-8"), newline="")
            rows = csv.DictReader(lines)
            if "score" not in (rows.fieldnames or ()):
                return None  # emptied by a power cut: one that names nobody has its heading still
            found = {row["submission"]: row for row in rows}
            for row in found.values():
                float(row["score"])  # a gradebook without one can't be read
        except (OSError, ValueError, KeyError, TypeError, csv.Error):
            return None
        return found

    def write_class(self, files: Mapping[str, Content]) -> None:
        """Write the files of the whole class; raises `OutputError`."""
        for name, content in files.items():
            write_whole(self.path / name, content)

    # One submission

    def submissions(self) -> list[str]:
        """The submissions that have a report or an observation here, in the order of their ids; raises `OSError`."""
        with os.scandir(self.path) as entries:
            folders = [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
        return sorted(
            entry.name for entry in folders if any((Path(entry.path) / n).is_file() for n in (REPORT, OBSERVATION))
        )

    def result(self, submission: str) -> Result | None:
        """The result of a submission; None where there is none, or it can't be read."""
        try:
            result = Result.model_validate_json(read_regular(self.path / submission / REPORT, LARGEST))
        except (OSError, ValidationError):
            return None
        return result if result.submission == submission and math.isfinite(_sum_of_points(result)) else None

    def observation(self, submission: str) -> StoredObservation | None:
        """What was observed of a submission; None where there is nothing, or it can't be read or is another's."""
        try:
            stored = StoredObservation.unpacked(read_regular(self.path / submission / OBSERVATION, LARGEST))
        except (OSError, ValueError):
            return None
        return stored if stored.observation.submission == submission else None

    def is_complete(self, submission: str) -> bool:
        """Whether all files of a submission are there, and none is empty, as after a power cut."""
        try:
            found = [(self.path / submission / name).stat() for name in (OBSERVATION, *self._report_names)]
        except OSError:
            return False
        return all(stat.S_ISREG(status.st_mode) and status.st_size for status in found)

    def write_graded(self, submission: str, reports: Mapping[str, Content], stored: StoredObservation | None) -> None:
        """Write a submission's reports and what they were made of; raises `OutputError`.

        Without an observation the next run grades the submission anew.
        """
        folder = self._folder_of(submission)
        remove(folder / REPORT)
        if stored is None:
            remove(folder / OBSERVATION)
        else:
            write_whole(folder / OBSERVATION, stored.packed())
        self.write_reports(submission, reports)

    def write_reports(self, submission: str, reports: Mapping[str, Content]) -> None:
        """Write a submission's reports, `report.json` among them; raises `OutputError`."""
        folder = self._folder_of(submission)
        remove(folder / REPORT)
        for name in sorted(reports, key=lambda name: name == REPORT):
            write_whole(folder / name, reports[name])

    def _folder_of(self, submission: str) -> Path:
        """Make a submission's folder; a link in its place is taken away, so that nothing is written where it leads."""
        folder = self.path / submission
        if folder.is_symlink():
            remove(folder)
        make_folder(folder)
        return folder

    def copy_observation(self, submission: str, source: ReportStore) -> None:
        """Copy what was observed of a submission from another folder, if it is there; raises `OutputError`."""
        remove(self._folder_of(submission) / REPORT)
        self._copy(submission, OBSERVATION, source)

    def copy_submission(self, submission: str, source: ReportStore) -> None:
        """Copy a submission's files from another folder as they are; raises `OutputError`."""
        self.copy_observation(submission, source)
        for name in sorted(self._report_names, key=lambda name: name == REPORT):
            self._copy(submission, name, source)

    def _copy(self, submission: str, name: str, source: ReportStore) -> None:
        try:
            content = read_regular(source.path / submission / name, LARGEST)
        except OSError:
            return
        write_whole(self.path / submission / name, content)


def _sum_of_points(result: Result) -> float:
    """Of all points: infinite where one of them is, which no class's mean could be made of."""
    marks = [(part.score, part.max_score, part.awaiting_review) for part in result.exercises]
    return sum(map(sum, marks), result.score + result.max_score + result.awaiting_review)
