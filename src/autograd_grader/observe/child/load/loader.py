"""Loads a submission's files as modules, from memory; none of them ever takes an installed module's place."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import linecache
import sys
import types
from typing import Any

from autograd_grader.observe.child.record.failure import describe_failure

File = dict[str, Any]


def code_name(path: str, cell: int | None) -> str:
    """The file name of a file's code in tracebacks: `work.ipynb#3` for the third cell."""
    return path if cell is None else f"{path}#{cell}"


class Shell:
    """Replaces IPython's shell in a notebook: every method does nothing, and `getoutput` gives no lines."""

    def __getattr__(self, name: str) -> Any:
        """Any method of the shell."""
        return self._nothing

    def getoutput(self, *_: object, **__: object) -> list[str]:
        """The output of a shell command that was not run."""
        return []

    def _nothing(self, *_: object, **__: object) -> None:
        return None


class Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds and runs a submission's own modules, where no other finder has a module of that name."""

    def __init__(self, files: list[File]) -> None:
        """Serve `files`, each a mapping with `path` and `cells`."""
        self._files = {file["path"]: file for file in files}
        self._base = ""
        self._own: set[str] = set()
        self.code_names = {code_name(f["path"], cell["number"]) for f in files for cell in f["cells"]}
        for file in files:
            for cell in file["cells"]:
                # `inspect` and `torch.jit.script` look here for a function's source; the file itself does not exist.
                lines = cell["source"].splitlines(keepends=True)
                name = code_name(file["path"], cell["number"])
                linecache.cache[name] = (len(cell["source"]), None, lines, name)

    def load(self, path: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Run a file; gives its namespace and what was raised: at most one error in a `.py`, any in a notebook."""
        base = path.rpartition("/")[0]
        if base != self._base:
            self.forget()
        self._base = base
        file = self._files[path]
        is_notebook = bool(file["cells"]) and file["cells"][0]["number"] is not None
        name = path.rpartition("/")[2]
        # A notebook is no module: `import work` beside `work.ipynb` means `work.py`.
        module = types.ModuleType(name if is_notebook else name.rpartition(".")[0])
        module.__file__ = path
        if is_notebook:
            module.__dict__["get_ipython"] = Shell
        registered = self._register(module)
        errors = self._run(file, module.__dict__, keep_on=True)
        if registered and errors and not is_notebook:
            sys.modules.pop(module.__name__, None)
        return module.__dict__, errors

    def _register(self, module: types.ModuleType) -> bool:
        """Let a file's module be found by its name (`dataclasses` looks there), unless an installed one has it."""
        name = module.__name__
        others = (finder for finder in sys.meta_path if finder is not self)
        if name in sys.modules or any(finder.find_spec(name, None) for finder in others):
            return False
        sys.modules[name] = module
        self._own.add(name)
        return True

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> importlib.machinery.ModuleSpec | None:
        """Find a module beside the file that is being loaded, or at the submission's top."""
        relative = fullname.replace(".", "/")
        for base in dict.fromkeys((self._base, "")):
            stem = f"{base}/{relative}" if base else relative
            for candidate, is_package in ((f"{stem}.py", False), (f"{stem}/__init__.py", True)):
                if candidate in self._files:
                    self._own.add(fullname)
                    return self._spec(fullname, candidate, is_package=is_package)
            if any(known.startswith(f"{stem}/") for known in self._files):
                self._own.add(fullname)
                return self._spec(fullname, None, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        """Leave the making of the module to Python."""

    def exec_module(self, module: types.ModuleType) -> None:
        """Run an imported file's code in its module."""
        spec = module.__spec__
        if spec is not None and spec.origin is not None:
            module.__file__ = spec.origin
            self._run(self._files[spec.origin], module.__dict__, keep_on=False)

    def get_source(self, fullname: str) -> str | None:
        """The source of an imported file, for `inspect` and tracebacks."""
        spec = getattr(sys.modules.get(fullname), "__spec__", None)
        file = self._files.get(spec.origin) if spec is not None and spec.origin else None
        return file["cells"][0]["source"] if file else None

    def _spec(self, name: str, origin: str | None, *, is_package: bool) -> importlib.machinery.ModuleSpec:
        return importlib.machinery.ModuleSpec(name, self, origin=origin, is_package=is_package)

    def _run(self, file: File, namespace: dict[str, Any], *, keep_on: bool) -> list[dict[str, Any]]:
        errors = []
        for cell in file["cells"]:
            name = code_name(file["path"], cell["number"])
            try:
                exec(compile(cell["source"], name, "exec", dont_inherit=True), namespace)  # noqa: S102 - the point of it
            except BaseException as error:
                if not keep_on:
                    raise
                errors.append(describe_failure(error, self.code_names) | {"cell": cell["number"]})
        return errors

    def forget(self) -> None:
        """Drop the modules of another folder: each folder's files see their own neighbours."""
        for name in self._own:
            sys.modules.pop(name, None)
        self._own.clear()
