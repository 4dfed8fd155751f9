"""What may be handed in: archives, notebooks, sources and folders that are nearly as they should be."""

from __future__ import annotations

import codecs
import io
import json
import os
import struct
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from autograd_grader.intake.folder import leads_outside

from .cases import change

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = b"import torch\n\ndef single_variable(z0=5.0):\n    return z0\n"
NAMES = st.sampled_from([
    "a.py", "A.PY", "b.ipynb", "c.zip", "d/e.py", "d/", "d.py/", "x.txt", "../up.py", "/abs.py", "C:\\x.py",
    "..\\up.py", "d/../../up.py", "./a.py", "d//e.py", "a\0b.py", "\u202eyp.py", "e\u0301.py", "é.py", "NUL.py",
    ".h.py",
    "__MACOSX/a.py", "__pycache__/a.py", "venv/pyvenv.cfg", "venv/lib/a.py", "a.py\n", "=1+1.py", "<b>.py", " .py",
    "conftest.py", "x" * 2000 + ".py", "d/" * 40 + "a.py", "d/" * 600 + "a.py", "", ".py", "a.py#3",
]) | st.text(max_size=12).map(lambda text: text.encode("utf-8", "replace").decode() + ".py")  # fmt: skip

RECORDS: dict[bytes, tuple[tuple[int, str], ...]] = {
    b"PK\x03\x04": ((4, "H"), (6, "H"), (8, "H"), (10, "H"), (12, "H"), (14, "I"), (18, "I"), (22, "I"), (26, "H"),
                    (28, "H")),
    b"PK\x01\x02": ((4, "H"), (6, "H"), (8, "H"), (10, "H"), (12, "H"), (14, "H"), (16, "I"), (20, "I"), (24, "I"),
                    (28, "H"), (30, "H"), (32, "H"), (34, "H"), (36, "H"), (38, "I"), (42, "I")),
    b"PK\x05\x06": ((4, "H"), (6, "H"), (8, "H"), (10, "H"), (12, "I"), (16, "I"), (20, "H")),
}  # fmt: skip
"""A zip's records, each field by its offset and size: of an entry, of the list of entries, of the archive."""

ODD_NUMBERS = (0, 1, 2, 8, 9, 12, 14, 93, 99, 255, 0x800, 0x801, 0x7FFF, 0xFFFF, 0xA1FF0000, 0x11FF0000, 0x7FFFFFFF,
               0xFFFFFFFF)  # fmt: skip
EXTRA = (b"", b"\1", b"\1\0\x08\0" + b"\xff" * 8, b"\1\0\xff\xff", b"\1\0\0\0", b"up\x09\0\1abcdx.py", b"\0" * 300)


CONTENTS = st.sampled_from([SOURCE, b"", b"\0" * 1_100_000, b"x = 1\n" * 1000])
"""Made once: hypothesis keeps what strategies are made of."""


@st.composite
def archives(draw: st.DrawFn, *, may_nest: bool = True) -> bytes:
    """A zip with odd entries, some of whose numbers lie."""
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as archive:
        warnings.simplefilter("ignore")  # names that are there twice
        archive.comment = draw(st.binary(max_size=20))
        for name in draw(st.lists(NAMES, max_size=5)):
            info = zipfile.ZipInfo(name)
            info.compress_type = draw(st.sampled_from([0, 8, 8, 12, 14]))
            info.external_attr = draw(st.sampled_from([0, 0o100644 << 16, 0o120777 << 16, 0o010644 << 16, 0x10]))
            info.extra = draw(st.sampled_from(EXTRA))
            archive.writestr(info, draw(_contents(name, may_nest=may_nest)))
    data = bytearray(stream.getvalue())
    for _ in range(draw(st.integers(0, 4))):
        _lie(draw, data)
    cut = draw(st.sampled_from([0, 0, 0, 1, 22, 46, len(data) // 2]))
    return draw(st.sampled_from([b"", b"", b"#!/bin/sh\n", b"PK\x05\x06"])) + bytes(data[: len(data) - cut])


def _contents(name: str, *, may_nest: bool) -> st.SearchStrategy[bytes]:
    if name.endswith(".zip") and may_nest:
        return archives(may_nest=False)
    if name.endswith(".ipynb"):
        return notebooks()
    return CONTENTS


def _lie(draw: st.DrawFn, data: bytearray) -> None:
    mark = draw(st.sampled_from(list(RECORDS)))
    found = (
        [at for at in range(len(data) - 3) if data.startswith(mark, at)] if len(data) < 20_000 else [data.find(mark)]
    )
    offset, size = draw(st.sampled_from(RECORDS[mark]))
    at = draw(st.sampled_from(found or [0])) + offset
    if found and 0 <= at <= len(data) - 4:
        number = draw(st.sampled_from(ODD_NUMBERS)) & (0xFFFF if size == "H" else 0xFFFFFFFF)
        struct.pack_into(f"<{size}", data, at, number)


NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {"kernelspec": {"language": "python", "name": "python3"}},
    "cells": [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# Title"]},
        {"cell_type": "code", "id": "b", "metadata": {}, "execution_count": 1, "outputs": [{"output_type": "stream",
         "name": "stdout", "text": ["1"]}], "source": ["%pip install torch\n", "import torch"]},
        {"cell_type": "code", "metadata": {"tags": []}, "outputs": [], "source": "%%writefile x.py\ny = 1"},
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": "def f(z0):\n    return !ls {z0}\n"},
    ],
}  # fmt: skip
OLDER = {
    "nbformat": 3,
    "nbformat_minor": 0,
    "metadata": {"name": "old"},
    "worksheets": [{"cells": [{"cell_type": "code", "language": "python", "input": ["a = 1\n"], "outputs": []},
                              {"cell_type": "heading", "level": 2, "source": "b"}], "metadata": {}}],
}  # fmt: skip


@st.composite
def notebooks(draw: st.DrawFn) -> bytes:
    """A notebook of either format with up to four odd things in it, in one of the encodings of JSON."""
    data: Any = draw(st.sampled_from([NOTEBOOK, OLDER]))
    for _ in range(draw(st.integers(1, 4))):
        data = change(draw, data).of(data)
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    return json.dumps(data, ensure_ascii=draw(st.booleans())).encode(encoding)


MARKS = (b"", b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
CODECS = (
    "utf-8", "latin-1", "cp1252", "utf-16", "utf_32_be", "utf-7", "utf-8-sig", "idna", "punycode", "rot13", "hex",
    "base64", "zlib", "bz2", "uu", "quopri", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem",
    "euc_jp", "iso2022_jp", "iso2022_kr", "hz", "johab", "big5hkscs", "gb18030", "cp037", "ascii", "string_escape",
    "charmap", "x" * 300, "é", "-", "utf-8\0", "../../x",
)  # fmt: skip
BODIES = (
    SOURCE, b"", b"\0", b"\r\r\n\n\x0c", b"s = '\xe9\xff'\n", "s = '梯\U0001f600'\n".encode(), b"x = 1;" * 30_000,
    b"(" * 5000, b"x = " + b"-" * 20_000 + b"1", b"\\x", b"'\\u12'", b"\x1b$B!!", b"+AGE-", b"~{<:Ky2;~}", b"\x1a",
    b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"#" + b" " * 100_000,
)  # fmt: skip


@st.composite
def sources(draw: st.DrawFn) -> bytes:
    """A Python file in an encoding that it says, or does not."""
    coding = draw(
        st.sampled_from(["", "# coding: %s\n", "\n# -*- coding=%s -*-\n", "#!/x\n#vim: set fileencoding=%s :\n"])
    )
    first = coding % draw(st.sampled_from(CODECS)) if coding else ""
    body = b"".join(draw(st.lists(st.sampled_from(BODIES) | st.binary(max_size=20), max_size=4)))
    return draw(st.sampled_from(MARKS)) + first.encode() + body


PARTS = st.lists(
    st.sampled_from([b"a.py", b"b.ipynb", b"c.zip", b"d", b"d.py", b"\xff.py", b"\n.py", b"a\\b.py", b"..py", b"~$a.py",
                     b"pyvenv.cfg", b"lib", b"x.egg-info", b"build", b"\xe2\x80\xae.py", b"n" * 250 + b".py"]),
    min_size=1, max_size=4,
)  # fmt: skip
KINDS = ("file", "file", "file", "folder", "fifo", "hard", "up", "gone", "loop", "secret.py", ".")
"""What may stand at a path; the last two are links that lead outside."""


@st.composite
def trees(draw: st.DrawFn) -> list[tuple[bytes, str]]:
    """Paths in a folder, and what stands there."""
    return [(b"/".join(parts), draw(st.sampled_from(KINDS))) for parts in draw(st.lists(PARTS, max_size=6))]


def plant(tree: list[tuple[bytes, str]], folder: Path, outside: Path) -> None:
    """Make what can be made of a tree, but nothing through a link that leads out; some lead to a secret outside."""
    for name, kind in tree:
        path = folder / os.fsdecode(name)
        if leads_outside(path.parent, folder):
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _plant_one(path, kind, outside)
        except OSError:  # something else stands there
            continue


def _plant_one(path: Path, kind: str, outside: Path) -> None:
    match kind:
        case "file":
            with path.open("xb") as file:  # never into a FIFO or through a link
                file.write(SOURCE)
        case "folder":
            path.mkdir()
        case "fifo":
            os.mkfifo(path)
        case "hard":
            path.hardlink_to(path.with_name("a.py"))
        case _:
            path.symlink_to({"up": "..", "gone": "nothing", "loop": path.name}.get(kind) or outside / kind)
