"""Which children of a folder are submissions, and what they are called."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from autograd_grader.errors import UsageError
from autograd_grader.intake import find_submissions, read_submission
from autograd_grader.intake.names import safe_id, tell_apart

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    return [found.origin for found in find_submissions(folder)]


def test_each_child_is_a_submission_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "carol").mkdir()
    for name in ("bob.zip", "alice.py", "dave.ipynb"):
        (tmp_path / name).touch()
    found = find_submissions(tmp_path)
    assert [f.id for f in found] == ["alice", "bob", "carol", "dave"]
    assert [f.path for f in found] == [tmp_path / n for n in ("alice.py", "bob.zip", "carol", "dave.ipynb")]


def test_what_no_one_handed_in_is_left_out(tmp_path: Path) -> None:
    for junk in ("__MACOSX", "__pycache__", ".git", ".ipynb_checkpoints"):
        (tmp_path / junk).mkdir()
    for junk in (".DS_Store", "Thumbs.db", "desktop.ini", "alice.py~", ".alice.py.swp", "._alice.py"):
        (tmp_path / junk).touch()
    (tmp_path / "alice.py").touch()
    assert names(tmp_path) == ["alice.py"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_what_cannot_be_read_is_still_a_submission_with_a_problem(tmp_path: Path) -> None:
    for name in ("essay.docx", "work.rar", "empty"):
        (tmp_path / name).touch()
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "gone.py").symlink_to(tmp_path / "nowhere.py")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    read = [read_submission(f.path, id=f.id, origin=f.origin) for f in find_submissions(tmp_path)]
    assert [s.id for s in read] == ["empty", "essay.docx", "gone", "loop", "pipe", "work.rar"]
    assert all(s.problem and not s.files for s in read)


def test_an_entry_that_vanished_has_a_problem(tmp_path: Path) -> None:
    submission = read_submission(tmp_path / "gone", id="gone", origin="gone")
    assert submission.problem is not None
    assert "gone" in submission.problem


def test_a_link_out_of_the_batch_is_not_followed(tmp_path: Path) -> None:
    solution = tmp_path / "solution.py"
    solution.write_text("secret = 1\n")
    batch = tmp_path / "batch"
    batch.mkdir()
    (batch / "mallory.py").symlink_to(solution)
    (found,) = find_submissions(batch)
    submission = read_submission(found.path, id=found.id)
    assert not submission.files
    assert "link" in (submission.problem or "")


def test_a_missing_folder_is_a_misuse_that_says_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist; name the folder"):
        find_submissions(tmp_path / "nowhere")


def test_a_file_in_the_place_of_the_folder_is_a_misuse(tmp_path: Path) -> None:
    (tmp_path / "all.zip").touch()
    with pytest.raises(UsageError, match="is not a folder; unpack it"):
        find_submissions(tmp_path / "all.zip")


@pytest.mark.parametrize(
    "name",
    ["..", ".", "", "...", "-rf", "a b/c", "<script>", "CON", "nul.py", "com1.tar.gz", "index.html", "Gradebook.csv",
     "x" * 500, "é" * 500, "a\u202eb", "\udcff\udcfe", "\ud800", "tab\tnew\nline", "日本語", "हिन्दी", "a.", "💥"],
)  # fmt: skip
def test_every_id_is_a_safe_name(name: str) -> None:
    made = safe_id(name)
    assert re.fullmatch(r"[^\W]?(?:[._-]|\w|[\u0900-\u097f])+", made)
    assert not made.startswith((".", "-"))
    assert not made.endswith(".")
    assert len(made.encode()) <= 81
    assert made.partition(".")[0].lower() not in {"con", "nul", "com1"}
    assert made.lower() not in {"index.html", "gradebook.csv"}


def test_names_in_any_script_stay_readable() -> None:
    assert safe_id("李雷.py") == "李雷"
    assert safe_id("José Núñez") == "José_Núñez"
    assert safe_id("हिन्दी") == "हिन्दी"


def test_ids_that_clash_on_any_file_system_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "alice").mkdir()
    for name in ("alice.zip", "ALICE.py", "alice-2.py", "a b.py", "a?b.py"):
        (tmp_path / name).touch()
    ids = [found.id for found in find_submissions(tmp_path)]
    assert len({id_.casefold() for id_ in ids}) == len(ids) == 6
    assert ids == [found.id for found in find_submissions(tmp_path)]
    assert "alice-2" in ids


def test_long_ids_that_clash_stay_short() -> None:
    told = tell_apart([safe_id("x" * 100 + str(n)) for n in range(12)])
    assert len(set(told)) == 12
    assert all(len(id_) <= 80 for id_ in told)
