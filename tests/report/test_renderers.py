"""The forms of a report: a new one is added to a list, and the store writes it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from autograd_grader.batch.reports import Reports
from autograd_grader.batch.store import ReportStore
from autograd_grader.cli.reports import reports_in
from autograd_grader.course import Course
from autograd_grader.model.result import Flag, Result
from autograd_grader.report import CLASS_RENDERERS, RENDERERS, Renderer, Row, render_json

from .samples import check, exercise, explained, result


def test_a_result_becomes_a_page_and_json_that_says_the_same(unfinished: Result, tmp_path: Path) -> None:
    reports_in(tmp_path / "new").write_own(unfinished)
    folder = tmp_path / "new" / "ada"
    assert sorted(p.name for p in folder.iterdir()) == ["report.html", "report.json"]
    own = unfinished.model_copy(update={"seed": None})
    assert Result.model_validate_json((folder / "report.json").read_bytes()) == own


def test_a_students_own_report_holds_neither_flags_nor_seed(unfinished: Result, tmp_path: Path) -> None:
    flagged = unfinished.model_copy(update={"flags": (Flag(slug="reaches-inside", detail="gc.get_objects"),)})
    reports_in(tmp_path).write_own(flagged)
    assert {"flags", "seed"}.isdisjoint(json.loads((tmp_path / "ada/report.json").read_text("ascii")))
    assert "get_objects" not in (tmp_path / "ada/report.html").read_text("utf-8")
    assert "seed" not in (tmp_path / "ada/report.html").read_text("utf-8").lower().partition("<footer")[2]
    staffs = json.loads(render_json(flagged))
    assert (staffs["seed"], staffs["flags"][0]["slug"]) == ("7f3a", "reaches-inside")


def test_a_form_that_is_added_to_the_list_is_written_and_asked_for(unfinished: Result, tmp_path: Path) -> None:
    renderers = (*RENDERERS, Renderer("report.txt", lambda result: f"{result.submission}: {result.score:g}\n"))
    store = ReportStore(tmp_path, [renderer.name for renderer in renderers])
    Reports(store, renderers, CLASS_RENDERERS).write_graded(unfinished, None)
    assert (tmp_path / "ada" / "report.txt").read_text("utf-8") == "ada: 32\n"
    (tmp_path / "ada" / "observation.json.gz").write_bytes(b"packed")
    assert store.is_complete("ada")
    (tmp_path / "ada" / "report.txt").unlink()
    assert not store.is_complete("ada")


def test_json_has_no_nan() -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    json.loads(render_json(result(exercise(1, check(), score=float("nan")))), parse_constant=refuse)


def test_json_shown_on_a_terminal_does_nothing_to_it() -> None:
    text = "\x1b[2J\x9b2J\u202e"
    stored = render_json(result(explained(text)))
    assert stored.isascii()
    assert "\x1b" not in stored
    assert json.loads(stored)["exercises"][0]["checks"][1]["message"] == text


def test_a_batch_becomes_a_gradebook_and_an_index(complete: Result, course: Course, tmp_path: Path) -> None:
    reports_in(tmp_path / "reports").write_class(course, [Row.of(complete), Row.of(complete)])
    with (tmp_path / "reports" / "gradebook.csv").open(encoding="utf-8", newline="") as file:
        assert [row["submission"] for row in csv.DictReader(file)] == ["ada", "ada"]
    page = (tmp_path / "reports" / "index.html").read_text(encoding="utf-8")
    assert "2 submissions" in page
    assert course.title in page
