"""What lies in a folder of reports and is none of ours: it does not stop the next run, nor lead it elsewhere."""

from __future__ import annotations

import gzip
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from autograd_grader.batch.cache_key import CacheKeyParts
from autograd_grader.batch.regrade import regrade
from autograd_grader.batch.stored_observation import StoredObservation
from autograd_grader.cli.reports import reports_in
from autograd_grader.course import Course
from autograd_grader.errors import UsageError
from autograd_grader.files import read_regular
from autograd_grader.model.observation import Observation
from autograd_grader.model.submission import Submission

from .conftest import Grade, files, graded, store_of

NAMES = ("observation.json.gz", "report.html", "report.json")
READERS: dict[str, Callable[[Path], object]] = {
    "ada/observation.json.gz": lambda out: store_of(out).observation("ada"),
    "ada/report.json": lambda out: store_of(out).result("ada"),
    "gradebook.csv": lambda out: store_of(out).gradebook(),
}


@pytest.mark.parametrize("name", READERS)
def test_a_fifo_is_not_waited_for(name: str, tmp_path: Path) -> None:
    (tmp_path / "ada").mkdir()
    os.mkfifo(tmp_path / name)
    found: list[object] = []
    reading = threading.Thread(target=lambda: found.append(READERS[name](tmp_path)), daemon=True)
    reading.start()
    reading.join(10)
    if reading.is_alive():
        (tmp_path / name).write_bytes(b"")  # else it would wait for as long as the tests run
    assert found == [None]


@pytest.mark.parametrize("content", [b"", b"submission,ex1", b"\xff", b"submission,score\nada,many"])
def test_a_gradebook_that_was_cut_short_is_none(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "gradebook.csv").write_bytes(content)
    assert store_of(tmp_path).gradebook() is None


def test_an_endless_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "report.json").symlink_to("/dev/zero")
    with pytest.raises(OSError, match="no regular file"):
        read_regular(tmp_path / "report.json", 1000)


def test_a_bomb_is_no_observation(tmp_path: Path) -> None:
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada/observation.json.gz").write_bytes(gzip.compress(b"[" * (300 << 20), 1))
    assert store_of(tmp_path).observation("ada") is None


@pytest.mark.parametrize("name", NAMES)
def test_a_fifo_in_a_reports_place_is_no_reason_to_keep_it(
    name: str, course: Course, grade_class: Grade, top: Path
) -> None:
    grade_class(course)
    whole = files(top / "out")
    (top / "out/cy" / name).unlink()
    os.mkfifo(top / "out/cy" / name)
    assert graded(grade_class(course)) == ["cy"]
    assert files(top / "out") == whole


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_in_a_reports_place_is_named_and_the_others_are_kept(
    name: str, course: Course, grade_class: Grade, top: Path
) -> None:
    grade_class(course)
    (top / "out/cy" / name).unlink()
    (top / "out/cy" / name).mkdir()
    done = grade_class(course)
    assert graded(done) == ["cy"]
    assert [(who, "a folder stands where the file is to go" in why) for who, why in done.batch.faults] == [("cy", True)]


@pytest.mark.parametrize(("ours", "other"), [('"schema_version": 1', '"schema_version": 2'),
                                             ('"max_score": 40.0', '"max_score": 1e999')])  # fmt: skip
def test_a_report_of_another_layout_or_with_an_endless_number_is_made_anew(
    ours: str, other: str, course: Course, grade_class: Grade, top: Path
) -> None:
    grade_class(course)
    report = top / "out/cy/report.json"
    text = report.read_text("utf-8")
    assert ours in text
    report.write_text(text.replace(ours, other), "utf-8")
    assert graded(grade_class(course)) == ["cy"]


def test_an_observation_that_names_another_folder_is_not_graded_into_it(course: Course, tmp_path: Path) -> None:
    submission = Submission(id="../../elsewhere", origin="ada")
    plan = course.plan(submission)
    seen = Observation(submission=submission.id, origin="ada", digest="0", plan=plan)
    folder = tmp_path / "a" / "out" / "ada"
    folder.mkdir(parents=True)
    (folder / "observation.json.gz").write_bytes(
        StoredObservation(key=CacheKeyParts.of(course).key(submission, plan), observation=seen).packed()
    )
    reports = reports_in(folder.parent)
    done = regrade(course, reports.store, reports, ["ada"])
    assert [name for name, _ in done.run_again] == ["ada"]
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_the_course_of_a_batch_is_found_again(tmp_path: Path) -> None:
    assert store_of(tmp_path).course() is None
    store_of(tmp_path).remember_course("/courses/line")
    assert store_of(tmp_path).course() == "/courses/line"


@pytest.mark.parametrize("content", [b"", b"{", b'{"schema_version": 2, "course": null}', b'{"course": 1}', None])
def test_a_record_of_the_course_that_cant_be_read_is_said_and_never_taken_for_none(
    content: bytes | None, tmp_path: Path
) -> None:
    if content is None:
        (tmp_path / "batch.json").mkdir()
    else:
        (tmp_path / "batch.json").write_bytes(content)
    with pytest.raises(UsageError, match=r"batch\.json.* can't be read: .*--course"):
        store_of(tmp_path).course()
