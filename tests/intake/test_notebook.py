"""Notebooks as Jupyter, Colab and VS Code save them, and as nobody should."""

from __future__ import annotations

import json
import os
import time
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest

from autograd_grader.intake import notebook as notebook_module
from autograd_grader.intake import read_submission, syntax

if TYPE_CHECKING:
    from pathlib import Path

    from autograd_grader.model.submission import Submission


def code(source: object) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source}


def text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def read(folder: Path, content: object) -> Submission:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    (folder / "nb.ipynb").write_bytes(data)
    return read_submission(folder / "nb.ipynb")


def cells(folder: Path, *sources: object) -> list[str]:
    submission = read(folder, {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [code(s) for s in sources]})
    return [cell.source for cell in next(f for f in submission.files if f.path == "nb.ipynb").cells]


def test_code_cells_are_numbered_among_themselves(tmp_path: Path) -> None:
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [text("hi"), code("a = 1"), code("b")]}
    (file,) = read(tmp_path, content).files
    assert file.is_notebook
    assert [(cell.number, cell.source) for cell in file.cells] == [(1, "a = 1"), (2, "b")]


def test_a_source_may_be_a_list_of_lines(tmp_path: Path) -> None:
    assert cells(tmp_path, ["a = 1\n", "b = 2"], ["c", 3, None], 7) == ["a = 1\nb = 2", "c", ""]


@pytest.mark.parametrize(
    "content",
    [
        {"nbformat": 4, "cells": [{"cell_type": "code", "source": "x = 1"}]},
        {"nbformat": 4, "nbformat_minor": 0, "metadata": 7, "cells": [code("x = 1") | {"outputs": 3, "metadata": []}]},
        {"nbformat": 5, "cells": [3, None, {}, code("x = 1")]},
        {"cells": [code("x = 1")], "extra": [[[]]]},
        {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1"]}]}]},
        {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [
            {"cells": [{"cell_type": "heading", "level": 1, "source": ["hi"]}]},
            {"cells": [{"cell_type": "code", "language": "python", "input": "x = 1", "outputs": [], "collapsed": 0}]}]},
        {"nbformat": 2, "worksheets": [{"cells": [{"cell_type": "code", "input": "x = 1"}]}]},
        {"worksheets": [{"cells": [{"cell_type": "code", "input": "x = 1"}]}]},
    ],
)  # fmt: skip
def test_old_new_and_invalid_formats_are_read(
    tmp_path: Path, content: object, capfd: pytest.CaptureFixture[str]
) -> None:
    (file,) = read(tmp_path, content).files
    assert [cell.source for cell in file.cells] == ["x = 1"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "content",
    [b"", b"  \n", b"x = 1\n", b"[]", b"null", b'{"nbformat": 4}', b'{"cells": 3}', b"[" * 100_000, b"\xff\xfe\x00",
     b'{"a":' * 100_000, b'{"nbformat": [], "cells": []}', b'{"nbformat": 3, "worksheets": 3}', b"\x80" * 50,
     b'{"cells": [], "nbformat": ' + b"9" * 9_000 + b"}", b"[" * 2_000_001],
)  # fmt: skip
def test_what_is_no_notebook_has_a_problem_that_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    submission = read(tmp_path, content)
    assert not submission.files
    assert "hand it in once more" in (submission.problem or "")


def test_outputs_and_figures_are_ignored(tmp_path: Path) -> None:
    figure = {"output_type": "display_data", "data": {"image/png": "A" * 5_000_000}}
    (file,) = read(tmp_path, {"nbformat": 4, "cells": [code("x = 1") | {"outputs": [figure]}]}).files
    assert file.cells[0].source == "x = 1"


def test_half_a_character_does_not_spoil_a_notebook(tmp_path: Path) -> None:
    assert cells(tmp_path, "x = '\ud800'\r\ny = 2") == ["x = '?'\ny = 2"]


def test_magics_do_nothing_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    source = """
%matplotlib inline
!pip install \\
    torch
files = !ls
version = %python --version
print?
?print
if files:
    !ls
    pip install torch
why = '''
%not a magic
pip install nothing
'''
b = 7 % 4
"""
    expected = """
pass
pass

files = []
version = None
pass
pass
if files:
    pass
    pass
why = '''
%not a magic
pip install nothing
'''
b = 7 % 4
"""
    assert cells(tmp_path, source) == [expected]


def test_cells_that_jupyter_would_run_are_made_to_run(tmp_path: Path) -> None:
    assert cells(tmp_path, "\n    x = 1\n    y = 2", ">>> x = 1\n>>> y = 2") == ["\nx = 1\ny = 2\n", "x = 1\ny = 2\n"]


@pytest.mark.parametrize("magic", ["time", "timeit -n 1", "capture out", "prun"])
def test_cell_magics_that_run_their_body_do(tmp_path: Path, magic: str) -> None:
    assert cells(tmp_path, f"%%{magic}\nx = 1\n%ls\ny = 2") == ["\nx = 1\npass\ny = 2\n"]


@pytest.mark.parametrize("magic", ["bash", "html", "javascript", "sh", "writefile notes.txt", "python", "unheard_of"])
def test_other_cell_magics_are_left_out_and_still_counted(tmp_path: Path, magic: str) -> None:
    assert cells(tmp_path, f"%%{magic}\nx = 1", "y = 2") == ["", "y = 2"]


def test_a_comment_may_come_before_a_cell_magic(tmp_path: Path) -> None:
    assert cells(tmp_path, "# timing\n\n%%time\nx = 1", "# in the shell\n%%bash\nls") == ["\n\n\nx = 1", ""]


def test_writefile_makes_a_file_beside_the_notebook(tmp_path: Path) -> None:
    (tmp_path / "hw").mkdir()
    sources = ["%%writefile ex1.py\nx = 1\n", "%%writefile -a ex1.py\ny = 2\n", "%%file '/content/ex2.py'\nz = 3"]
    (tmp_path / "hw/nb.ipynb").write_text(json.dumps({"nbformat": 4, "cells": [code(s) for s in sources]}))
    submission = read_submission(tmp_path)
    files = {file.path: file for file in submission.files}
    assert sorted(files) == ["hw/ex1.py", "hw/ex2.py", "hw/nb.ipynb"]
    assert files["hw/ex1.py"].cells[0].source == "x = 1\ny = 2\n"
    assert files["hw/ex2.py"].cells[0].source == "z = 3"
    assert files["hw/ex1.py"].modified == files["hw/nb.ipynb"].modified
    assert not files["hw/ex1.py"].is_notebook
    assert [child.name for child in (tmp_path / "hw").iterdir()] == ["nb.ipynb"]


@pytest.mark.parametrize("name", ["../evil.py", "/tmp/evil.py", "~/../../evil.py", "C:\\evil.py", "..\\evil.py"])  # noqa: S108
def test_writefile_does_not_lead_out_of_the_submission(tmp_path: Path, name: str) -> None:
    submission = read(tmp_path, {"nbformat": 4, "cells": [code(f"%%writefile {name}\nx = 1")]})
    assert [file.path for file in submission.files] == ["nb.ipynb"]
    assert "leads out" in submission.notices[0]


@pytest.mark.parametrize(("age", "kept"), [(-100, "from_notebook"), (0, "from_notebook"), (100, "from_disk")])
def test_of_a_file_handed_in_and_one_written_the_newer_is_read(tmp_path: Path, age: int, kept: str) -> None:
    (tmp_path / "nb.ipynb").write_text(json.dumps({"nbformat": 4, "cells": [code("%%writefile a.py\nfrom_notebook")]}))
    (tmp_path / "a.py").write_text("from_disk")
    os.utime(tmp_path / "nb.ipynb", (1_700_000_000, 1_700_000_000))
    os.utime(tmp_path / "a.py", (1_700_000_000 + age,) * 2)
    submission = read_submission(tmp_path)
    assert submission.files[0].cells[0].source == kept
    assert bool(submission.notices) == (kept == "from_disk")


def test_a_heading_of_an_endless_level_is_not_written_out(tmp_path: Path) -> None:
    heading = {"cell_type": "heading", "level": 30_000_000, "source": "A title", "metadata": {}}
    worksheet = {"metadata": {}, "cells": [heading, {"cell_type": "code", "input": "x = 1", "language": "python"}]}
    content = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [worksheet]}
    read(tmp_path, content)  # what is imported for it takes memory too
    tracemalloc.start()
    submission = read(tmp_path, content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [cell.source for cell in submission.files[0].cells] == ["x = 1"]
    assert peak < 10_000_000


def test_only_so_many_cells_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook_module, "MAX_CELLS", 2)
    submission = read(tmp_path, {"nbformat": 4, "cells": [code("x"), code("y"), code("z")]})
    assert len(submission.files[0].cells) == 2
    assert "first 2 code cells" in submission.notices[0]


def test_cells_too_costly_to_tokenise_are_read_the_plain_way(tmp_path: Path) -> None:
    blob = "x = '" + "A" * 70_000 + "'\n"
    source = blob + "%matplotlib inline\n    !ls\npip install torch\nfiles = !ls\nv = %ls\ny = 2"
    assert cells(tmp_path, source) == [blob + "pass\n    pass\npass\nfiles = []\nv = None\ny = 2"]


@pytest.mark.parametrize(
    "source",
    ["%ls\n" * 10_000, "x" + " " * 60_000 + "?", ("x" + " " * 60 + "$?\n") * 900, "y" * 250 + " ?\n" + "!ls\n" * 400,
     "(" * 60_000 + "?", "%%time\n" * 9_000, "'''\n%ls\n" * 7_000, "a." * 30_000 + " ?"],
)  # fmt: skip
def test_cells_made_to_be_slow_cost_no_more_than_the_bound(
    tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syntax, "MAX_MAGIC_WORK", 16_000)  # a sixteenth, to be quick
    start = time.process_time()
    made = cells(tmp_path, *[source] * 5)
    assert len(made) == 5
    assert time.process_time() - start < 5  # many times what it takes: to notice work that grows with the square
