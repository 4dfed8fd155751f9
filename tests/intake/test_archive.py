"""Archives, sound, odd, broken and hostile."""

from __future__ import annotations

import io
import stat
import struct
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

from autograd_grader.intake import archive, gather, read_submission

if TYPE_CHECKING:
    from pathlib import Path

    from autograd_grader.model.submission import Submission

WORK = b"x = 1\n"


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name, data in entries:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10))
            info.compress_type = method
            made.writestr(info, data)
    return stream.getvalue()


def read(folder: Path, data: bytes) -> Submission:
    (folder / "bob.zip").write_bytes(data)
    before = sorted(folder.iterdir())
    submission = read_submission(folder / "bob.zip")
    assert sorted(folder.iterdir()) == before, "nothing is ever unpacked to disk"
    return submission


def paths(submission: Submission) -> list[str]:
    return [file.path for file in submission.files]


def test_an_archive_is_read_as_a_folder_is(tmp_path: Path) -> None:
    data = zipped(("hw/ex1.py", WORK), ("hw/sub/ex2.py", WORK), ("hw/essay.pdf", b"%PDF"), ("hw/", b""))
    submission = read(tmp_path, data)
    assert (submission.id, submission.origin) == ("bob", "bob.zip")
    assert paths(submission) == ["hw/ex1.py", "hw/sub/ex2.py"]
    assert submission.notices == ()
    assert submission.files[0].modified == 1714979290.0


@pytest.mark.parametrize(
    "name",
    ["../evil.py", "a/../../evil.py", "/etc/evil.py", "C:/evil.py", "C:evil.py", "..\\evil.py", "\\\\host\\evil.py"],
)
def test_a_zip_that_escapes_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    submission = read(tmp_path, zipped((name, WORK), ("ex1.py", WORK)))
    assert paths(submission) == ["ex1.py"]
    assert "leads out of the submission" in submission.notices[0]


def test_backslashes_from_windows_are_folders(tmp_path: Path) -> None:
    assert paths(read(tmp_path, zipped(("hw\\ex1.py", WORK)))) == ["hw/ex1.py"]


def test_links_and_devices_are_left_out(tmp_path: Path) -> None:
    infos = []
    for name, kind in (("link.py", stat.S_IFLNK), ("pipe.py", stat.S_IFIFO), ("file.py", stat.S_IFREG)):
        info = zipfile.ZipInfo(name)
        info.external_attr = (kind | 0o644) << 16
        infos.append((info, b"/etc/passwd"))
    submission = read(tmp_path, zipped(*infos))
    assert paths(submission) == ["file.py"]
    assert len(submission.notices) == 2


def test_an_encrypted_entry_is_left_out_and_the_others_are_read(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.py", WORK), ("b.py", WORK)))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    submission = read(tmp_path, bytes(data))
    assert paths(submission) == ["b.py"]
    assert "a.py was left out: it is encrypted" in submission.notices[0]


def test_a_bomb_is_left_out(tmp_path: Path) -> None:
    submission = read(tmp_path, zipped(("bomb.ipynb", bytes(15 << 20)), ("big.py", bytes(2 << 20)), ("ex1.py", WORK)))
    assert paths(submission) == ["ex1.py"]
    assert "bomb" in "".join(submission.notices)


def test_a_header_that_lies_about_the_size_is_not_believed(tmp_path: Path) -> None:
    data = bytearray(zipped(("bomb.py", bytes(2 << 20)), ("ex1.py", WORK)))
    struct.pack_into("<I", data, data.index(b"PK\1\2") + 24, 10)
    submission = read(tmp_path, bytes(data))
    assert paths(submission) == ["ex1.py"]


def test_all_files_together_are_bounded_as_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "MAX_READ_BYTES", 100)
    submission = read(tmp_path, zipped(*((f"f{n}.py", b"#" * 60) for n in range(9))))
    assert paths(submission) == ["f0.py"]


def test_only_so_many_entries_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRIES", 3)
    submission = read(tmp_path, zipped(*((f"f{n}.py", WORK) for n in range(9))))
    assert len(submission.files) == 3
    assert "Only the first 3" in submission.notices[0]


def test_a_list_of_entries_too_long_to_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_DIRECTORY_BYTES", 70_000)
    submission = read(tmp_path, zipped(*((f"{n:0200}.py", b"") for n in range(400))))
    assert "entries" in (submission.problem or "")


def test_of_two_entries_of_one_name_the_last_is_read(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("ex1.py", b"x = 'old'\n"), ("ex1.py", b"x = 'new'\n"))
    submission = read(tmp_path, data)
    assert submission.files[0].cells[0].source == "x = 'new'\n"
    assert "twice" in submission.notices[0]


@pytest.mark.parametrize("keep", [0, 1, 30, -30, -1])
def test_a_truncated_archive_has_a_problem_that_says_what_to_do(tmp_path: Path, keep: int) -> None:
    submission = read(tmp_path, zipped(("ex1.py", WORK), ("ex2.py", WORK))[:keep])
    assert not submission.files
    assert "zip your files again" in (submission.problem or "")


def test_one_damaged_entry_does_not_spoil_the_others(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.py", b"aaaa = 1\n"), ("b.py", WORK), method=zipfile.ZIP_STORED))
    data[data.index(b"aaaa")] ^= 0xFF
    submission = read(tmp_path, bytes(data))
    assert paths(submission) == ["b.py"]
    assert "a.py was left out: it is damaged" in submission.notices[0]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_whose_memory_has_no_bound_are_not_read(tmp_path: Path, method: int) -> None:
    submission = read(tmp_path, zipped(("ex1.py", WORK), method=method))
    assert "compressed in a way" in submission.notices[0]


def test_names_in_utf8_that_do_not_say_so_are_read(tmp_path: Path) -> None:
    data = zipped(("übung.py", WORK))
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.index(signature) + flags
        data = data[: at + 1] + b"\0" + data[at + 2 :]
    assert paths(read(tmp_path, data)) == ["übung.py"]


def test_junk_and_environments_in_an_archive_are_left_out(tmp_path: Path) -> None:
    names = (
        "ex1.py",
        "__MACOSX/._ex1.py",
        "env/pyvenv.cfg",
        "env/lib/x.py",
        "env/Lib/y.py",
        "a/w.egg-info/SOURCES",
        "a/build/b.py",
    )
    submission = read(tmp_path, zipped(*((name, WORK) for name in names)))
    assert paths(submission) == ["ex1.py"]
    assert submission.notices == ()


def test_an_archive_in_an_archive_is_read_where_there_is_nothing_else(tmp_path: Path) -> None:
    inner = zipped(("ex1.py", WORK))
    assert paths(read(tmp_path, zipped(("hw/inner.zip", inner), ("readme.txt", b"")))) == ["ex1.py"]
    assert paths(read(tmp_path, zipped(("inner.zip", inner), ("ex2.py", WORK)))) == ["ex2.py"]
    twice = zipped(("middle.zip", zipped(("inner.zip", inner))))
    assert read(tmp_path, twice).problem is not None


def test_a_folder_with_one_archive_in_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "hw").mkdir()
    (tmp_path / "hw/work.zip").write_bytes(zipped(("ex1.py", WORK)))
    assert paths(read_submission(tmp_path)) == ["ex1.py"]
    (tmp_path / "hw/work.zip").write_bytes(b"PK")
    assert "work.zip" in (read_submission(tmp_path).problem or "")


def test_paths_made_to_be_slow_are_read_quickly(tmp_path: Path) -> None:
    start = time.process_time()
    read(tmp_path, zipped(*(("a/" * 400 + f"{n}.py", b"") for n in range(2_000))))
    assert time.process_time() - start < 3  # many times what it takes: to notice work that grows with the square
