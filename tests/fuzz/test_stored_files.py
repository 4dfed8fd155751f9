"""Whatever lies in a folder of reports, the next run takes it or leaves it, and says so in the project's own words."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from autograd_grader.batch.cache_key import CacheKeyParts
from autograd_grader.batch.grading import SESSION_SIZE, grade_isolated
from autograd_grader.batch.plan import Pending, plan_batch
from autograd_grader.batch.regrade import find_regradable, regrade
from autograd_grader.batch.store import GRADEBOOK
from autograd_grader.batch.stored_observation import StoredObservation
from autograd_grader.cli.reports import reports_in
from autograd_grader.errors import UsageError
from autograd_grader.intake import find_submissions, read_submission
from autograd_grader.report import Row

from .cases import cases, change
from .recorded import ALMA, ROSA, UMUT

if TYPE_CHECKING:
    from autograd_grader.course import Course

NAMES = tuple(f"s{number:02}" for number in range(SESSION_SIZE))
FILES = ("observation.json.gz", "report.json", "report.html")


class Odd(NamedTuple):
    """What is put in a stored file's place."""

    name: str
    content: bytes | None
    """None for what is no file."""

    def __repr__(self) -> str:
        return f"{self.name} {self.content[:60] if self.content else ''!r}"

    def put(self, path: Path) -> None:
        """Put it there."""
        path.unlink()
        if self.content is not None:
            path.write_bytes(self.content)
        elif self.name == "fifo":
            os.mkfifo(path)
        elif self.name == "folder":
            path.mkdir()
        elif self.name == "loop":
            path.symlink_to(path.name)
        elif self.name == "device":
            path.symlink_to("/dev/zero")


@st.composite
def odd_files(draw: st.DrawFn, honest: bytes) -> Odd:
    """An honest file with something wrong, or something else."""
    how = draw(st.sampled_from(["field", "field", "field", "field", "bit", "cut", "bytes", "twice", "none"]))
    place = draw(st.integers(0, len(honest)))
    match how:
        case "field":
            return Odd(how, _field(draw, honest))
        case "bit":
            bits = bytearray(honest)
            bits[place % len(bits)] ^= 1 << draw(st.integers(0, 7))
            return Odd(how, bytes(bits))
        case "cut":
            return Odd(how, honest[:place])
        case "bytes":
            return Odd(how, draw(st.binary(max_size=100)))
        case "twice":
            return Odd(how, honest * 2)
    return Odd(draw(st.sampled_from(["fifo", "folder", "loop", "device", "absent"])), None)


def _field(draw: st.DrawFn, honest: bytes) -> bytes:
    if honest.startswith(b"submission,"):
        cells = honest.split(b",")
        cells[draw(st.integers(0, len(cells) - 1))] = draw(st.sampled_from(CELLS))
        return b",".join(cells)
    if honest.startswith(b"<!"):
        return b""
    packed = honest.startswith(b"\x1f\x8b")
    data: Any = json.loads(gzip.decompress(honest) if packed else honest)
    for _ in range(draw(st.integers(1, 3))):
        data = change(draw, data).of(data)
    text = json.dumps(data).encode()
    return zlib.compress(text, 1, wbits=31) if packed else text


CELLS = (
    b"",
    b"nan",
    b"-1e999",
    b"1_0",
    b'"',
    b'"\n\n"',
    b"\0",
    b"\xff",
    b"'" * 200_000,
    b"submission",
    b"=1+1",
    b"s00\n",
)


@pytest.fixture(scope="module")
def honest(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class that is graded, each one's observation recorded: `in`, and `out` with the reports."""
    top = tmp_path_factory.mktemp("class")
    parts = CacheKeyParts.of(course)
    reports = reports_in(top / "out")
    recorded = [
        one.model_copy(update={"submission": name})
        for name, one in zip(NAMES, [ALMA, ROSA, UMUT] * SESSION_SIZE, strict=False)
    ]
    results = [graded.result for graded in grade_isolated(course, recorded)]
    (top / "out").mkdir()
    for result, observation in zip(results, recorded, strict=True):
        handed_in = top / "in" / result.submission
        handed_in.mkdir(parents=True)
        (handed_in / "work.py").write_text(f"name = {result.submission!r}\n")
        submission = read_submission(handed_in, id=result.submission)
        key = parts.key(submission, course.plan(submission))
        reports.write_graded(result, StoredObservation(key=key, observation=observation))
    reports.write_class(course, list(map(Row.of, results)))
    assert pending_and_unchanged(course, top) == (set(), set(NAMES))
    return top


def pending_and_unchanged(course: Course, top: Path) -> tuple[set[str], set[str]]:
    """The submissions that a batch would grade, and the others."""
    store = reports_in(top / "out").store
    plan = plan_batch(course, find_submissions(top / "in"), store, CacheKeyParts.of(course))
    examined = [plan.examine(found) for found in plan.found]
    pending = {one.submission.id for one in examined if isinstance(one, Pending)}
    return pending, {one.submission for one in examined if isinstance(one, Row)}


@st.composite
def odd_folders(draw: st.DrawFn, honest: Path) -> dict[str, Odd]:
    """For each submission one file with something wrong in it, and now and then a wrong gradebook."""
    names = [f"{name}/{draw(st.sampled_from(FILES))}" for name in NAMES]
    if draw(st.booleans()):
        names.append(GRADEBOOK)
    return {name: draw(odd_files((honest / "out" / name).read_bytes())) for name in names}


def test_over_any_folder_of_reports_a_batch_is_planned_and_graded_again(
    course: Course, honest: Path, tmp_path: Path
) -> None:
    @settings(cases(5), phases=[Phase.generate])
    @given(odd_folders(honest))
    def holds(odd: dict[str, Odd]) -> None:
        top = tmp_path / "class"
        shutil.copytree(honest, top)
        try:
            for name, one in odd.items():
                one.put(top / "out" / name)
            check_plan(course, top, odd)
            for name in [name for name, one in odd.items() if one.name == "folder"]:
                (top / "out" / name).rmdir()  # else it ends the run with a message that names it
            check_again(course, top)
            assert sorted(path.name for path in tmp_path.iterdir()) == ["class"]
            assert sorted(path.name for path in top.iterdir()) == ["in", "out"]
        finally:
            shutil.rmtree(top)

    holds()


def check_plan(course: Course, top: Path, odd: dict[str, Odd]) -> None:
    pending, unchanged = pending_and_unchanged(course, top)
    assert pending | unchanged == set(NAMES)
    for name, one in odd.items():
        # A changed letter of a text, or a lost last line's end, leaves a report as good as it was.
        spoilt = one.content is None or (name.endswith(".json") and one.name in {"bytes", "twice"})
        assert not spoilt or name == GRADEBOOK or name.partition("/")[0] in pending, (name, one)


def check_again(course: Course, top: Path) -> None:
    reports = reports_in(top / "out")
    try:
        names, _ = find_regradable(reports.store)
    except UsageError:
        assert not reports.store.gradebook()  # cut after its heading, the gradebook names nobody
        return
    done = regrade(course, reports.store, reports, names)
    assert len(done.rows) == len(names)
    assert done.faults == []
