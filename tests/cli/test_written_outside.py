"""Nothing is written outside the folder of reports, wherever links in it or in what is graded lead."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograd_grader.cli.reports import reports_in
from autograd_grader.errors import OutputError
from autograd_grader.model.result import Result

from .conftest import Run


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "report.json").write_text("precious")
    return folder


def untouched(elsewhere: Path) -> bool:
    return [(path.name, path.read_text()) for path in elsewhere.iterdir()] == [("report.json", "precious")]


@pytest.mark.parametrize("link", ["reports", "reports/class", "reports/class/report.json", "deep/reports"])
def test_a_link_in_what_is_graded_is_not_written_through(
    run: Run, right: Path, tmp_path: Path, elsewhere: Path, link: str
) -> None:
    work = shutil.copytree(right, tmp_path / "class")
    (work / link).parent.mkdir(parents=True, exist_ok=True)
    (work / link).symlink_to(elsewhere / "report.json" if link.endswith(".json") else elsewhere)
    out = "deep/reports/new" if link.startswith("deep") else "reports"
    done = run("--out", out, cwd=work)
    assert untouched(elsewhere)
    if link in ("reports", "deep/reports"):
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert f"{link} is a link that leads out of" in done.stderr
    else:
        assert done.returncode == 0, done.stderr
        assert (work / "reports/class/report.html").is_file()
        assert not (work / "reports/class").is_symlink()


def test_a_batch_into_its_own_submissions_follows_no_link_out(
    run: Run, right: Path, tmp_path: Path, elsewhere: Path
) -> None:
    shutil.copytree(right, tmp_path / "class/ada")
    (tmp_path / "class/out").symlink_to(elsewhere)
    done = run("batch", "class", "--out", "class/out", "--sandbox", "basic", cwd=tmp_path)
    assert (done.returncode, untouched(elsewhere)) == (2, True), done.stderr


def test_a_folder_of_reports_that_the_staff_linked_is_used(run: Run, right: Path, tmp_path: Path) -> None:
    shutil.copytree(right, tmp_path / "class/ada")
    (tmp_path / "disk").mkdir()
    (tmp_path / "reports").symlink_to("disk")
    done = run("batch", "class", "--out", "reports", "--sandbox", "basic", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "disk/ada/report.json").is_file()


def test_a_folder_in_place_of_a_report_is_named(tmp_path: Path) -> None:
    (tmp_path / "ada/report.json/inner").mkdir(parents=True)
    result = Result(
        submission="ada", origin="ada", score=0, max_score=0, awaiting_review=0, status="graded", exercises=(),
        engine="1",
    )  # fmt: skip
    with pytest.raises(OutputError, match=r"report\.json: a folder stands where the file is to go"):
        reports_in(tmp_path).write_own(result)
    assert (tmp_path / "ada/report.json/inner").is_dir()
