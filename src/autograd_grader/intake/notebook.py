"""A notebook's code cells as plain Python: outputs dropped, magics made harmless, line numbers kept."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from autograd_grader.errors import UnreadableError
from autograd_grader.intake.decode import decode, normalized
from autograd_grader.intake.limits import (
    MAX_ALL_CELLS,
    MAX_CELLS,
    MAX_JSON_CONTAINERS,
    MAX_JSON_ITEMS,
    MAX_PYTHON_BYTES,
)
from autograd_grader.intake.names import inner_path, suffix
from autograd_grader.model.submission import Cell

if TYPE_CHECKING:
    from autograd_grader.intake.syntax import Neutralizer

WANTED = frozenset({"cell_type", "cells", "input", "language", "nbformat", "nbformat_minor", "source", "worksheets"})
"""The keys that are kept while the JSON is parsed; outputs and figures never pile up in memory."""

RUNS_ITS_BODY = frozenset(
    {"capture", "debug", "ipytest", "memit", "notify", "prun", "pyinstrument", "snakeviz", "time", "timeit", "wandb"}
)
"""Cell magics that run the rest of the cell as Python in the notebook's own names."""

WRITES_ITS_BODY = frozenset({"file", "writefile"})

CELL_MAGIC = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*%%(\w+)([^\n]*)\n?")
"""A cell magic, which blank lines and (in Colab and VS Code) comments may come before."""

LATEST = 4
"""The notebook format that older ones are converted to."""

SAVE_AGAIN = "save it again from Jupyter and hand it in once more"


@dataclass
class Notebook:
    """What a notebook holds that can be graded."""

    path: str
    cells: tuple[Cell, ...] = ()
    written: dict[str, str] = field(default_factory=dict)
    """The `.py` files that its `%%writefile` cells make, by their paths in the submission."""
    notices: list[str] = field(default_factory=list)


@dataclass
class Budget:
    """What the notebooks of one submission may still cost to parse."""

    containers: int = MAX_JSON_CONTAINERS
    items: int = MAX_JSON_ITEMS
    cells: int = MAX_ALL_CELLS

    def charge(self, data: bytes) -> None:
        """Take off what parsing `data` costs; raises `UnreadableError`, and takes nothing, where that is too much."""
        containers = data.count(b"[") + data.count(b"{")
        items = data.count(b",")
        if containers > self.containers or items > self.items:
            whose = "its outputs" if containers > MAX_JSON_CONTAINERS or items > MAX_JSON_ITEMS else TOGETHER
            msg = f"{whose} are too large; clear them (Kernel > Restart & Clear Output), save, and hand it in once more"
            raise UnreadableError(msg)
        self.containers -= containers
        self.items -= items


TOGETHER = "with it the outputs of your notebooks"


def read_notebook(data: bytes, path: str, neutralizer: Neutralizer, budget: Budget) -> Notebook:
    """Read an `.ipynb` file of any format version; raises `UnreadableError` when it is no notebook."""
    notebook = Notebook(path)
    most = min(MAX_CELLS, budget.cells)
    sources = _sources(_parsed(data, budget, most + 1))
    if len(sources) > most:
        notebook.notices.append(f"{path}: only the first {most} code cells were read.")
    guesses = neutralizer.guesses
    numbered = list(enumerate(sources[:most], start=1))
    budget.cells -= len(numbered)
    notebook.cells = tuple(Cell(source=_plain(source, notebook, neutralizer), number=n) for n, source in numbered)
    if neutralizer.guesses > guesses:
        notebook.notices.append(f"{path} has long cells or many magics: lines that look like magics were left out.")
    return notebook


def _parsed(data: bytes, budget: Budget, most: int) -> dict[str, Any]:
    """Parse the JSON into a notebook of the latest format: the first code cells' sources and little else."""
    if not data.strip():
        msg = f"it is empty; {SAVE_AGAIN}"
        raise UnreadableError(msg)
    budget.charge(data)
    try:
        return _converted(_shortened(json.loads(decode(data)[0], object_pairs_hook=_kept), most))
    except Exception as error:  # whatever json and nbformat raise over a stranger's text, it is no notebook
        msg = f"it is not a notebook that Jupyter could open; {SAVE_AGAIN}"
        raise UnreadableError(msg) from error


def _kept(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Keep of a JSON object what is wanted, so that outputs never pile up in memory."""
    kept = {key: value for key, value in pairs if key in WANTED}
    for key in ("input", "source"):
        if key in kept:
            kept[key] = _text(kept[key])
    if isinstance(kept.get("cells"), list):
        # Code alone: of an old heading's level nbformat would make as many `#`, be it two thousand million.
        kept["cells"] = [cell for cell in kept["cells"] if isinstance(cell, dict) and cell.get("cell_type") == "code"]
        kept["metadata"] = {}
    if "worksheets" in kept:
        kept["metadata"] = {}
    return kept


def _shortened(raw: dict[str, Any], most: int) -> dict[str, Any]:
    """Keep the first cells alone, before nbformat takes its time over each."""
    sheets = raw["worksheets"][:most] if isinstance(raw.get("worksheets"), list) else []
    for part in (raw, *sheets):
        if isinstance(part.get("cells"), list):
            # nbformat insists on fields that nothing here needs.
            part["cells"] = [cell | {"metadata": {}, "outputs": []} for cell in part["cells"][:most]]
            most -= len(part["cells"])
    return raw | {"worksheets": sheets} if sheets else raw


def _text(lines: object) -> str:
    """Join a cell's lines, which may be one string or a list of them."""
    parts = lines if isinstance(lines, list) else [lines]
    return "".join(part for part in parts if isinstance(part, str))


def _converted(raw: dict[str, Any]) -> dict[str, Any]:
    import nbformat

    major = raw.get("nbformat")
    if major not in nbformat.versions:
        major = 3 if "worksheets" in raw else LATEST
    notebook = nbformat.versions[major].to_notebook_json(raw | {"nbformat": major})
    converted: dict[str, Any] = nbformat.convert(notebook, LATEST)  # type: ignore[no-untyped-call]
    return converted


def _sources(notebook: dict[str, Any]) -> list[str]:
    return [normalized(cell.get("source", "")) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def _plain(source: str, notebook: Notebook, neutralizer: Neutralizer) -> str:
    """Give a cell as Python, with the line numbers that the student sees."""
    magic = CELL_MAGIC.match(source)
    if not magic:
        return neutralizer.plain(source)
    name, arguments, body = magic[1], magic[2], source[magic.end() :]
    if name in RUNS_ITS_BODY:
        return neutralizer.plain("\n" * magic[0].count("\n") + body)
    if name in WRITES_ITS_BODY:
        _write(arguments.split(), body, notebook)
    return ""


def _write(arguments: list[str], body: str, notebook: Notebook) -> None:
    """Make the file that a `%%writefile` cell names, beside the notebook."""
    name = " ".join(word for word in arguments if not word.startswith("-")).strip("\"'")
    if suffix(name) != ".py":
        return
    folder = notebook.path.rpartition("/")[0]
    try:
        # Colab's notebooks run in /content and often say so.
        path = "/".join(filter(None, (folder, inner_path(name.removeprefix("/content/")))))
    except UnreadableError as error:
        notebook.notices.append(f"{notebook.path}: %%writefile {name} was left out: {error}.")
        return
    appends = "-a" in arguments or "--append" in arguments
    text = notebook.written.get(path, "") + body if appends else body
    if len(text) > MAX_PYTHON_BYTES:
        notebook.notices.append(f"{notebook.path}: %%writefile {name} was left out: it is too long.")
        return
    notebook.written[path] = text
