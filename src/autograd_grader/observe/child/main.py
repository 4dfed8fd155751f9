"""A child's whole life: it is confined, reads the request, sends the syntax trees, loads the files, makes the calls."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograd_grader.observe import frames
from autograd_grader.observe.child.confine import Confinement, try_layers
from autograd_grader.observe.child.confine.audit_hook import AuditHook
from autograd_grader.observe.child.confine.layer import Probe
from autograd_grader.observe.child.load.choose import choose
from autograd_grader.observe.child.load.loader import Loader
from autograd_grader.observe.child.load.syntax_tree import facts_of
from autograd_grader.observe.child.name_table import Names
from autograd_grader.observe.child.process_state import ProcessState
from autograd_grader.observe.child.record.call import Caller
from autograd_grader.observe.child.record.engine import BendingEngine
from autograd_grader.observe.child.record.output import Output

Data = dict[str, Any]
MAX_CHANGES = 10
MAX_CHANGE = 200
"""Characters of one: a name may be as long as a file."""
MAX_CONSTANT = 4000
"""Characters that are kept of a module constant."""


@dataclass(frozen=True)
class Inherited:
    """What a child inherits from its worker, so as not to make it again."""

    confinement: Confinement
    names: dict[str, Names]
    engine: BendingEngine
    own_modules: tuple[str, ...]
    """The names of this program's modules, which student code must find neither by `import` nor in `sys.modules`."""


def run(link: int, inherited: Inherited) -> None:
    """Serve the one request that waits on the descriptor `link`, a frame an observation, and return."""
    confinement = inherited.confinement
    request = frames.read_message(link)
    token = request.pop("token").encode()
    output = Output(confinement.scratch.path)
    probe = Probe(request["probe"], request.get("server")) if "probe" in request else None
    trials = try_layers(probe, first=True) if probe else []
    # Before student code is even parsed: a parser can be made to exhaust memory, or worse.
    confinement.apply(request["cpu_seconds"], strict=request["strict"])

    def send(message: Data) -> None:
        frames.write_all(link, frames.pack(message, token))

    if probe:
        trials += try_layers(probe, first=False)
        capped = confinement.scratch.capped
        send({"frame": "probe", "trials": trials, "missing": confinement.missing, "scratch_capped": capped})
    else:
        Calls(request, output, send, inherited).run()


class Calls:
    """Makes one request's calls in order."""

    def __init__(self, request: Data, output: Output, send: Callable[[Data], None], inherited: Inherited) -> None:
        """Bind what is needed to observe and to send, before any student code is loaded."""
        self._calls: list[Data] = request["calls"]
        self._files: list[Data] = request["files"]
        self._skip: frozenset[str] = frozenset(request["skip_files"])
        self._output = output
        self._send = send
        self._loader = Loader(self._files)
        self._scratch = inherited.confinement.scratch.path
        code_names = self._loader.code_names
        self._audit_hook = AuditHook(inherited.confinement.readable, self._scratch, code_names, self._notice)
        self._names, self._own_modules = inherited.names, inherited.own_modules
        self._caller = Caller(inherited.engine, output, self._audit_hook, code_names)
        self._modules: dict[str, Data] = {}

    def run(self) -> None:
        """Send the syntax trees, then load and call; the last frame says what has changed in the process."""
        chosen = self._send_syntax()
        for name in self._own_modules:  # all that is needed of them is imported
            sys.modules.pop(name, None)
        sys.meta_path.append(self._loader)
        sys.argv = ["submission"]
        state = ProcessState(self._scratch, self._names)
        self._audit_hook.install()
        current: str | None = None
        for call in self._calls:
            path = chosen[call["function"]]
            if current is not None and path != current and (changes := [*state.changes(), *self._audit_hook.reported]):
                self._send({"frame": "changed", "changes": _few(changes)})
                return
            current = path or current
            answer = self._one(call, path)
            # No frame is read after the last answer, so that answer has what the last file has changed.
            changes = _few(state.changes()) if call is self._calls[-1] else []
            self._send({"frame": "call", "observation": answer, "changes": changes})

    def _send_syntax(self) -> dict[str, str | None]:
        """Send what the syntax trees show; gives for each wanted name the file that it is taken from."""
        wanted = {call["function"]: call["file"] for call in self._calls}
        facts = [facts_of(file, frozenset(wanted)) for file in self._files]
        modified = {file["path"]: file["modified"] for file in self._files}
        chosen = {name: [f["path"] for f in choose(name, file, facts, modified)] for name, file in wanted.items()}
        self._send({"frame": "syntax", "facts": facts, "chosen": chosen})
        return {name: next(iter(paths), None) for name, paths in chosen.items()}

    def _notice(self, what: str) -> None:
        self._send({"frame": "noticed", "what": what})

    def _one(self, call: Data, path: str | None) -> Data:
        answer: Data = {"outcome": "not-called"}
        if path is not None and path not in self._skip:
            if path not in self._modules:
                self._load(path)
            if call["constant"]:
                answer = self._constant(path, call["function"])
            elif call["function"] in self._modules[path]:
                answer = self._caller.call(self._modules[path][call["function"]], call)
        return answer | {"exercise": call["exercise"], "call": call["id"]}

    def _load(self, path: str) -> None:
        self._output.take()
        refused = len(self._audit_hook.refused)
        namespace, errors = self._loader.load(path)
        printed, too_much = self._output.take()
        # A file that raised half-way is no module; a notebook's later cells still run.
        failed = bool(errors) and errors[0]["cell"] is None
        self._modules[path] = {} if failed else namespace
        load = {
            "path": path,
            "errors": errors[:20],
            "printed": printed,
            "too_much_output": too_much,
            "refused": self._audit_hook.refused[refused:],
        }
        self._send({"frame": "load", "load": load})

    def _constant(self, path: str, name: str) -> Data:
        value = self._modules[path].get(name)
        if type(value) is not str:
            return {"outcome": "not-called"}
        return {"outcome": "returned", "returned": {"kind": "text", "value": value[:MAX_CONSTANT]}}


def _few(changes: list[str]) -> list[str]:
    return [change[:MAX_CHANGE] for change in changes[:MAX_CHANGES]]


def end(code: int) -> None:
    """End the child at once: no `atexit`, no destructors, nothing of the student's."""
    os._exit(code)
