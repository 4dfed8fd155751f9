"""Loads a course's graders, which may import one another.

While one is loaded or run, the graders' folder is the first place that is searched for modules; afterwards neither the
folder nor a module of it is left on the import path. So a course never sees another's modules, nor those from before an
edit, and no folder of a student's is ever searched.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

_loaded: dict[Path, tuple[dict[str, bytes], dict[str, ModuleType]]] = {}
"""Of each graders' folder, its files' contents when modules were loaded from it, and these modules."""


@contextmanager
def importable(graders: Path) -> Iterator[None]:
    """Let the modules of a graders' folder be imported by their names, as their files are now.

    What was imported stays known until a file changes, unless the block raises.
    """
    folder = graders.resolve()
    files = {path.stem: path.read_bytes() for path in sorted(folder.glob("*.py"))}
    known, modules = _loaded.pop(folder, ({}, {}))
    hidden = {name: sys.modules.pop(name) for name in files if name in sys.modules}
    sys.modules.update(modules if known == files else {})
    importlib.invalidate_caches()
    # A file that is edited twice within a second could be taken for the one that its bytecode was made from.
    writes_bytecode, sys.dont_write_bytecode = not sys.dont_write_bytecode, True
    sys.path.insert(0, str(folder))
    try:
        yield
        _loaded[folder] = (files, {name: sys.modules[name] for name in files if name in sys.modules})
    finally:
        sys.path.remove(str(folder))
        sys.dont_write_bytecode = not writes_bytecode
        for name in files:
            sys.modules.pop(name, None)
        sys.modules.update(hidden)


def load_module(path: Path) -> ModuleType:
    """The module in a file of a graders' folder; raises whatever its code raises."""
    with importable(path.parent):
        return importlib.import_module(path.stem)
