"""Folders and single files, on a real disk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from autograd_grader.errors import UsageError
from autograd_grader.intake import folder as folder_module
from autograd_grader.intake import gather, read_submission

if TYPE_CHECKING:
    from pathlib import Path

    from autograd_grader.model.submission import Submission


def put(root: Path, *paths: str, text: str = "x = 1\n") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def paths(submission: Submission) -> list[str]:
    return [file.path for file in submission.files]


def source(submission: Submission) -> str:
    return submission.files[0].cells[0].source


def test_python_files_are_found_at_any_depth(tmp_path: Path) -> None:
    put(tmp_path, "ex1.py", "a/b/c/ex2.PY", "a/notes.txt")
    submission = read_submission(tmp_path)
    assert paths(submission) == ["a/b/c/ex2.PY", "ex1.py"]
    assert submission.problem is None
    assert submission.notices == ()


def test_a_single_file_is_a_submission(tmp_path: Path) -> None:
    put(tmp_path, "alice.py")
    submission = read_submission(tmp_path / "alice.py")
    assert (submission.id, submission.origin, paths(submission)) == ("alice", "alice.py", ["alice.py"])
    assert submission.files[0].modified == (tmp_path / "alice.py").stat().st_mtime


def test_the_current_folder_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "alice/ex1.py")
    monkeypatch.chdir(tmp_path / "alice")
    assert read_submission(type(tmp_path)()).id == "alice"


def test_a_path_to_nothing_is_a_misuse(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist; name the folder or file"):
        read_submission(tmp_path / "nowhere")


def test_environments_caches_and_builds_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, "env/pyvenv.cfg", "env/lib/x.py", "conda/conda-meta/history", "conda/lib/y.py", "node_modules/z.py")
    put(tmp_path, "__pycache__/a.py", ".hidden/b.py", ".c.py", "d.py~", "__MACOSX/._e.py", "site-packages/f.py")
    put(tmp_path, "work.egg-info/PKG-INFO", "build/lib/ex1.py", "dist/ex1.py", "ex1.py", "src/build/mine.py")
    assert paths(read_submission(tmp_path)) == ["ex1.py", "src/build/mine.py"]


def test_an_environment_made_in_the_submissions_own_folder_does_not_hide_it(tmp_path: Path) -> None:
    put(tmp_path, "pyvenv.cfg", "lib/python3.12/site-packages/x.py", "Scripts/y.py", "exercises/ex2.py", "ex1.py")
    assert paths(read_submission(tmp_path)) == ["ex1.py", "exercises/ex2.py"]


def test_links_out_of_the_folder_are_left_out_with_a_notice(tmp_path: Path) -> None:
    put(tmp_path, "secret.py", "mine/ex1.py", "other/ex2.py")
    (tmp_path / "mine/ex3.py").symlink_to(tmp_path / "secret.py")
    (tmp_path / "mine/linked").symlink_to(tmp_path / "other")
    (tmp_path / "mine/chain.py").symlink_to(tmp_path / "mine/ex3.py")
    submission = read_submission(tmp_path / "mine")
    assert paths(submission) == ["ex1.py"]
    assert [n.partition(" ")[0] for n in submission.notices] == ["chain.py", "ex3.py", "linked"]


def test_links_inside_the_folder_do_no_harm(tmp_path: Path) -> None:
    put(tmp_path, "ex1.py")
    (tmp_path / "same.py").symlink_to("ex1.py")
    (tmp_path / "again").symlink_to(".")
    assert paths(read_submission(tmp_path)) == ["ex1.py", "same.py"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_a_fifo_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ex1.py")
    submission = read_submission(tmp_path)
    assert submission.notices == ("ex1.py was left out: it is not a regular file.",)
    assert "ex1.py" in (submission.problem or "")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    put(tmp_path, "ex1.py", "ex2.py", "shut/ex3.py")
    (tmp_path / "ex1.py").chmod(0)
    (tmp_path / "shut").chmod(0)
    submission = read_submission(tmp_path)
    (tmp_path / "shut").chmod(0o700)
    assert paths(submission) == ["ex2.py"]
    assert len(submission.notices) == 2


def test_an_empty_folder_says_what_to_hand_in(tmp_path: Path) -> None:
    assert "hand in your .py" in (read_submission(tmp_path).problem or "")


def test_only_so_many_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "MAX_FILES", 3)
    put(tmp_path, *(f"sub/f{n}.py" for n in range(5)), "ex1.py")
    submission = read_submission(tmp_path)
    assert paths(submission) == ["ex1.py", "sub/f0.py", "sub/f1.py"]
    assert len(submission.notices) == 1


def test_only_so_many_entries_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "MAX_ENTRIES", 4)
    put(tmp_path, *(f"f{n}.py" for n in range(9)))
    submission = read_submission(tmp_path)
    assert len(submission.files) == 4
    assert "Only the first 4" in submission.notices[0]


def test_folders_too_deep_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, "ex1.py", "d/" * 32 + "ex2.py", "d/" * 33 + "ex3.py")
    submission = read_submission(tmp_path)
    assert len(submission.files) == 2
    assert "deep" in submission.notices[0]


def test_a_file_too_large_is_left_out_and_the_others_are_read(tmp_path: Path) -> None:
    put(tmp_path, "ex1.py")
    put(tmp_path, "data.py", text="#" * (1 << 20) + "\n")
    submission = read_submission(tmp_path)
    assert paths(submission) == ["ex1.py"]
    assert "data.py was left out: it is larger than 1 MiB" in submission.notices[0]


def test_all_sources_together_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "MAX_SOURCE_BYTES", 10)
    put(tmp_path, "a.py", "c.py")
    put(tmp_path, "b.py", text="y = 1234567\n")
    assert paths(read_submission(tmp_path)) == ["a.py"]


def test_notices_do_not_pile_up(tmp_path: Path) -> None:
    for n in range(60):
        (tmp_path / f"f{n}.py").symlink_to("/")
    notices = read_submission(tmp_path).notices
    assert len(notices) == 51
    assert notices[-1].startswith("10 more")


def test_a_name_with_a_backslash_or_bad_bytes_is_made_harmless(tmp_path: Path) -> None:
    try:
        put(tmp_path, "a\\..\\evil.py", "caf\udce9.py")
    except OSError:
        pytest.skip("this file system refuses such names")
    assert paths(read_submission(tmp_path)) == ["a_.._evil.py", "caf\ufffd.py"] or os.sep == "\\"


@pytest.mark.parametrize(
    ("data", "text", "has_notice"),
    [
        (b"\xef\xbb\xbfx = '\xc3\xa9'\r\n", "x = 'é'\n", False),
        (b"# -*- coding: latin-1 -*-\nx = '\xe9'\n", "# -*- coding: latin-1 -*-\nx = 'é'\n", False),
        ("x = 'é'\n".encode("utf-16"), "x = 'é'\n", True),
        ("x = 'é'\n".encode("utf-32"), "x = 'é'\n", True),
        (b"x = '\xe9'\n", "x = 'é'\n", True),
        (b"# coding: klingon\nx = 1\n", "# coding: klingon\nx = 1\n", True),
        (b"# coding: punycode\nx = 1\n", "# coding: punycode\nx = 1\n", True),
        (b"# coding: rot13\nx = 1\n", "# coding: rot13\nx = 1\n", True),
        (b"x = 1\ry = 2\r\n", "x = 1\ny = 2\n", False),
        (b"x = 1\0\n", "x = 1\0\n", False),
        (b"", "", False),
    ],
)
def test_text_in_any_encoding_is_kept(tmp_path: Path, data: bytes, text: str, *, has_notice: bool) -> None:
    (tmp_path / "ex1.py").write_bytes(data)
    submission = read_submission(tmp_path / "ex1.py")
    assert source(submission) == text
    assert bool(submission.notices) == has_notice
