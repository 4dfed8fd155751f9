"""Whatever the bytes are, reading them gives a submission and touches nothing else."""

from __future__ import annotations

import io
import json
import os
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograd_grader.intake import find_submissions, read_submission
from autograd_grader.intake.names import safe_id, tell_apart
from autograd_grader.intake.syntax import Neutralizer
from autograd_grader.model.submission import Submission

from .cases import cases
from .handed_in import archives, notebooks, plant, sources, trees

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["cells", "cell_type", "source", "input", "worksheets", "nbformat"]), inner)
    ),
    max_leaves=10,
)
cell_sources = st.text(alphabet="%!?=x ()\"'\\\n\t#:;/,pip", max_size=60)


def check(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / name).write_bytes(data)
        submission = read_submission(folder / name)
        assert [child.name for child in folder.iterdir()] == [name]
        assert (folder / name).read_bytes() == data
    check_submission(submission)


def check_submission(submission: Submission) -> None:
    assert bool(submission.problem) != bool(submission.files)
    for file in submission.files:
        path = PurePosixPath(file.path)
        assert not path.is_absolute()
        assert ".." not in path.parts
        assert "\\" not in file.path
    submission.model_dump_json()


@cases(300)
@given(st.binary(max_size=200), st.sampled_from(["a.py", "a.ipynb", "a.zip", "a.rar"]))
def test_any_bytes_are_read_without_an_exception(data: bytes, name: str) -> None:
    check(name, data)


@cases(200)
@given(json_values)
def test_any_json_is_read_without_an_exception(value: object) -> None:
    check("a.ipynb", json.dumps(value).encode())


@cases(100)
@given(st.lists(cell_sources, max_size=3))
def test_any_cell_keeps_its_number_of_lines(sources: list[str]) -> None:
    content = {"nbformat": 4, "cells": [{"cell_type": "code", "source": source} for source in sources]}
    check("a.ipynb", json.dumps(content).encode())
    neutralizer = Neutralizer()
    for source in sources:
        whole = source + "\nx = 1\n"
        assert neutralizer.plain(whole).count("\n") == whole.count("\n")


@cases(200)
@given(st.lists(st.tuples(st.text(max_size=20), st.binary(max_size=50)), max_size=4), st.data())
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_any_damage_to_an_archive_is_read_without_an_exception(
    entries: list[tuple[str, bytes]], data: st.DataObject
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr("f" + name.encode("utf-8", "replace").decode() + ".py", content)
    damaged = bytearray(stream.getvalue())
    for _ in range(data.draw(st.integers(0, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    check("a.zip", bytes(damaged))


@cases(300)
@given(st.lists(st.text(max_size=12), max_size=12))
def test_any_names_give_ids_that_differ_everywhere(names: list[str]) -> None:
    ids = tell_apart([safe_id(name) for name in names])
    assert len({id_.casefold() for id_ in ids}) == len(names)


@cases(400)
@given(archives())
def test_any_archive_that_lies_is_read_without_an_exception(data: bytes) -> None:
    check("a.zip", data)


@cases(400)
@given(notebooks())
def test_anything_near_a_notebook_is_read_without_an_exception(data: bytes) -> None:
    check("a.ipynb", data)


@cases(400)
@given(sources())
def test_any_encoding_is_read_without_an_exception(data: bytes) -> None:
    check("a.py", data)


@cases(250)
@given(trees())
def test_any_folder_is_read_without_an_exception_and_never_left(tree: list[tuple[bytes, str]]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        top = Path(scratch)
        for name in ("in", "out"):
            (top / name).mkdir()
        (top / "out" / "secret.py").write_text("SECRET = 1\n")
        plant(tree, top / "in", top / "out")
        before = sorted(os.walk(top))
        found = find_submissions(top / "in")
        read = [read_submission(one.path, id=one.id, origin=one.origin) for one in found]
        read.append(read_submission(top / "in"))
        assert sorted(os.walk(top)) == before
    for submission in read:
        check_submission(submission)
        assert not any("SECRET" in cell.source for file in submission.files for cell in file.cells)
    assert len({one.id.casefold() for one in found}) == len(found)
