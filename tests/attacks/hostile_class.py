"""A class whose submissions are hostile before a line of them runs, with honest ones among them, as files."""

from __future__ import annotations

import io
import os
import shutil
import socket
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Make = Callable[[Path, Mapping[str, str]], None]
    """Puts one submission at a path; the mapping holds the honest files."""

FULL, NOTHING = 38.0, 0.0
"""Points without those that a person gives."""
HUGE = 200 << 20
ABSOLUTE = Path("/var/tmp/escaped.py")  # noqa: S108 - what must not be there
MARK = "ran-outside"
"""A file that code which runs outside the sandbox would leave in its working folder, or beside itself."""
RUNS = f"""
import os, pathlib
for folder in (os.getcwd(), os.path.dirname(os.path.abspath(globals().get("__file__", "x")))):
    try: pathlib.Path(folder, {MARK!r}).write_text("here")
    except OSError: pass
raise SystemExit(0)
"""


def honest(path: Path, files: Mapping[str, str]) -> None:
    """A folder with the right answers."""
    path.mkdir()
    for name, text in files.items():
        (path / name).write_text(text, "utf-8")


def beside(name: str, data: bytes | str = RUNS) -> Make:
    """Right answers with another file beside them."""

    def make(path: Path, files: Mapping[str, str]) -> None:
        honest(path, files)
        (path / name).parent.mkdir(exist_ok=True)
        (path / name).write_bytes(data.encode() if isinstance(data, str) else data)

    return make


def archive(*more: tuple[str, bytes]) -> Make:
    """A `.zip` of the right answers, with other entries after them."""

    def make(path: Path, files: Mapping[str, str]) -> None:
        path.write_bytes(zipped(files, more))

    return make


def zipped(files: Mapping[str, str], more: tuple[tuple[str, bytes], ...] = ()) -> bytes:
    """The bytes of an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in (*((name, text.encode()) for name, text in files.items()), *more):
            made.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def bytes_of(data: bytes) -> Make:
    """A file of these bytes and nothing else."""

    def make(path: Path, _files: Mapping[str, str]) -> None:
        path.write_bytes(data)

    return make


def truncated(path: Path, files: Mapping[str, str]) -> None:
    """An archive that ends in its middle."""
    data = zipped(files)
    path.write_bytes(data[: len(data) // 2])


def encrypted(path: Path, files: Mapping[str, str]) -> None:
    """An archive one of whose entries says that it is encrypted."""
    data = bytearray(zipped(files, (("secret.py", RUNS.encode()),)))
    data[data.rindex(b"PK\x03\x04") + 6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)


def repeated(path: Path, files: Mapping[str, str]) -> None:
    """An archive that holds each name twice, the right answer last."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a name is there twice
        for text in (RUNS, None):
            for name, right in files.items():
                made.writestr(zipfile.ZipInfo(name), text or right)
    path.write_bytes(stream.getvalue())


def sparse(path: Path, _files: Mapping[str, str]) -> None:
    """A file of 200 MB that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(HUGE)


def with_sparse(path: Path, files: Mapping[str, str]) -> None:
    """Right answers beside such files."""
    honest(path, files)
    for name in ("huge.py", "huge.ipynb", "huge.zip", "huge.bin"):
        sparse(path / name, files)


def with_links(path: Path, files: Mapping[str, str]) -> None:
    """Right answers beside links that lead out, round in a circle, and nowhere."""
    honest(path, files)
    (path / "passwd.py").symlink_to("/etc/passwd")
    (path / "all").symlink_to("/")
    (path / "round").symlink_to(path)
    (path / "nowhere.py").symlink_to(path / "none")


def with_pipes(path: Path, files: Mapping[str, str]) -> None:
    """Right answers beside what would wait for ever if it were opened."""
    honest(path, files)
    os.mkfifo(path / "pipe.py")
    bind(path / "socket.py", files)


def bind(path: Path, _files: Mapping[str, str]) -> None:
    """A socket, made by a short name: the system takes no long one."""
    folder = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(f"/proc/self/fd/{folder}/{path.name}")
    os.close(folder)


def in_utf16(path: Path, files: Mapping[str, str]) -> None:
    """Right answers as an editor on Windows may store them."""
    path.mkdir()
    for name, text in files.items():
        (path / name).write_bytes(text.encode("utf-16"))


def in_no_encoding(path: Path, files: Mapping[str, str]) -> None:
    """Right answers that claim an encoding which they are not in."""
    path.mkdir()
    for name, text in files.items():
        (path / name).write_bytes(b"# -*- coding: ascii -*- \xff\xfe\n" + text.encode("utf-8"))


def deep(path: Path, files: Mapping[str, str]) -> None:
    """Right answers beside folders in folders."""
    honest(path, files)
    (path / "/".join(["d"] * 200)).mkdir(parents=True)


def with_folders_of(name: str) -> Make:
    """Right answers beside a folder of the grader's own names."""

    def make(path: Path, files: Mapping[str, str]) -> None:
        honest(path, files)
        (path / name).mkdir()
        for inner in ("__init__.py", "conftest.py", "test_ex1_single_variable.py"):
            (path / name / inner).write_text(RUNS)

    return make


NAMES = {
    "a name with a newline": "eva\n::error::owned",
    "a name that is markup": "<img src=x onerror=alert(1)>",
    "a name that is a formula": "=HYPERLINK(1)",
    "a name that is another formula": "@SUM(A1)",
    "a name that is a template": "{{ 7 * 7 }}",
    "a name turned round": "eva\u202egpj",
    "a name with a terminal's escapes": "eva\x1b[2J\x1b]0;owned\x07",
    "a name that is an option": "--help",
    "a name of 255 bytes": "n" * 255,
    "a name in no encoding": os.fsdecode(b"eva\xff\xfe"),
    "a name that the batch writes itself": "gradebook.csv",
    "a name of the class's page": "index.html",
    "a name that goes up": "eva..",
    "a name like another's": "HONEST-1",
}
"""Right answers in folders of these names."""

INTAKE: dict[str, tuple[str, Make, float]] = {
    "a zip that escapes": (
        "escape.zip",
        archive(*((f"{way}escaped.py", RUNS.encode()) for way in ("../", f"{ABSOLUTE.parent}/", "a/../../", "C:\\"))),
        FULL,
    ),
    "a zip that bombs": ("bomb.zip", archive(("bomb.py", bytes(HUGE)), ("bomb.zip", bytes(HUGE))), FULL),
    "a zip with repeated names": ("twice.zip", repeated, FULL),
    "a zip that is encrypted": ("locked.zip", encrypted, FULL),
    "a zip that is cut short": ("short.zip", truncated, NOTHING),
    "a zip of sixty thousand entries": ("many.zip", archive(*((f"f{n:05}", b"") for n in range(60_000))), FULL),
    "a zip with odd names": (
        "odd.zip",
        archive(*((f"{name}.py".replace("\x00", ""), b"x = 1") for name in NAMES.values() if name.isprintable())),
        FULL,
    ),
    "a zip that is none": ("none.zip", bytes_of(b"not a zip"), NOTHING),
    "a zip of 200 MB": ("huge.zip", sparse, NOTHING),
    "links": ("links", with_links, FULL),
    "a link out of the class": ("out.py", lambda path, _: path.symlink_to("/etc/passwd"), NOTHING),
    "a link to the root folder": ("root", lambda path, _: path.symlink_to("/"), NOTHING),
    "a link to itself": ("self.py", lambda path, _: path.symlink_to(path), NOTHING),
    "FIFOs and sockets": ("pipes", with_pipes, FULL),
    "a FIFO": ("fifo.py", lambda path, _: os.mkfifo(path), NOTHING),
    "a socket": ("socket.py", bind, NOTHING),
    "files of 200 MB": ("sparse", with_sparse, FULL),
    "a file of 200 MB": ("large.py", sparse, NOTHING),
    "a notebook of 200 MB": ("large.ipynb", sparse, NOTHING),
    "NUL bytes beside the work": ("nuls", beside("nul.py", b"\0" * 999), FULL),
    "NUL bytes": ("nul.py", bytes_of(b"def single_variable():\0 pass"), NOTHING),
    "another encoding": ("utf16", in_utf16, FULL),
    "no encoding": ("ascii", in_no_encoding, FULL),
    "a notebook that is text": ("text.ipynb", bytes_of(b"print(1)"), NOTHING),
    "a notebook that is a list": ("list.ipynb", bytes_of(b"[]"), NOTHING),
    "a notebook without cells": ("cells.ipynb", bytes_of(b'{"cells": 5}'), NOTHING),
    "a notebook without an end": ("deep.ipynb", bytes_of(b"[" * 1_000_000), NOTHING),
    "a notebook beside the work": ("beside", beside("deep.ipynb", b'{"cells": [' * 99_999), FULL),
    "folders in folders": ("deep", deep, FULL),
    "an empty folder": ("empty", lambda path, _: path.mkdir(), NOTHING),
    "a file of no kind": ("essay.pdf", bytes_of(b"%PDF"), NOTHING),
    **{
        f"a {name} beside the work": (f"with-{name}", beside(name), FULL)
        for name in ("conftest.py", "torch.py", "sitecustomize.py", "usercustomize.py", "pytest.py", "json.py",
                     "autograd_grader.py", "__init__.py", "__main__.py", "setup.py")
    },
    **{
        f"a {name} beside the work": (f"with-{name}", beside(name, data), FULL)
        for name, data in {
            "pytest.ini": "[pytest]\naddopts = -p evil --collect-only\n",
            "tox.ini": "[pytest]\naddopts = -p evil\n",
            "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-p evil'\n",
            "course.toml": "broken [",
            "evil.pth": "import evil",
        }.items()
    },
    "a package of the grader's name": ("package", with_folders_of("autograd_grader"), FULL),
    "graders of its own": ("graders", with_folders_of("graders"), FULL),
    **{name: (folder, honest, FULL) for name, folder in NAMES.items()},
}  # fmt: skip
"""Each attack: the name it is handed in under, how it is made, and its points."""


def make_class(folder: Path, files: Mapping[str, str]) -> None:
    """Put all of them into a folder."""
    for name, make, _ in INTAKE.values():
        make(folder / name, files)


def remove(folder: Path) -> None:
    """Take the class away again: some of it is large where a file system has no sparse files."""
    shutil.rmtree(folder)
