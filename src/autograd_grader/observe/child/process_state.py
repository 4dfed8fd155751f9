"""What a file has changed in the process: the next exercise's file then needs a fresh one."""

from __future__ import annotations

import builtins
import json
import math
import os
import random
import signal
import sys
import threading
import warnings
from _signal import getsignal  # type: ignore[import-not-found]  # `signal.getsignal` makes an enum of each answer
from _thread import _count as count_threads
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch._tensor_str import PRINT_OPTS
from torch.autograd.variable import Variable

from autograd_grader.observe.child.confine.limits import much_memory_is_held
from autograd_grader.observe.child.name_table import Names
from autograd_grader.observe.child.record.snapshot import type_name

BY_TORCH = " (by torch itself)"
_NAMESPACES = (
    builtins,
    json,
    math,
    os,
    random,
    np,
    torch,
    torch._C,
    torch.Tensor,
    torch.autograd,
    torch.nn,
    torch.nn.Parameter,
    torch.nn.functional,
    torch.optim,
    Variable,
)
_SIGNALS = [int(number) for number in sorted(signal.valid_signals() & set(signal.Signals))]


def own_modules() -> tuple[str, ...]:
    """The names of this program's modules that are loaded."""
    package = __name__.partition(".")[0]
    return tuple(name for name in sys.modules if name.partition(".")[0] == package)


def remember_names() -> dict[str, Names]:
    """The names that other files rely on, each namespace under the words that a change in it is reported with.

    Taken once, before any fork: a child that had to read each name would copy most of the memory that it inherits.
    """
    # A child removes this program's own modules: they go last, where neither presence nor absence is a change.
    own = {name: sys.modules[name] for name in own_modules()}
    others = {name: module for name, module in sys.modules.items() if name not in own}
    sys.modules.clear()
    sys.modules.update(others)
    modules = Names(sys.modules)
    sys.modules.update(own)
    return {"module ": modules} | {f"{space.__name__}.": Names(vars(space)) for space in _NAMESPACES}


class ProcessState:
    """The process before student code; `changes` names what is different now."""

    def __init__(self, scratch: str, names: dict[str, Names]) -> None:
        """Remember the process as it is, its `names`, and that its `scratch` folder is empty."""
        self._scratch = scratch
        self._names = names
        self._held_before = much_memory_is_held()
        self._settings = _settings()

    def changes(self) -> list[str]:
        """What differs from the remembered state, in a few words each; empty after ordinary work."""
        try:
            return self._changes()
        except Exception as error:  # noqa: BLE001 - what a student put in a setting's place can fail in any way
            return [f"a setting that raises {type_name(error)}"]

    def _changes(self) -> list[str]:
        now = _settings()
        found = [name for name, value in self._settings.items() if now[name] != value]
        if much_memory_is_held() and not self._held_before:
            found.append("memory")
        if os.listdir(self._scratch):  # noqa: PTH208 - names alone are asked for
            found.append("scratch folder")
        for title, names in self._names.items():
            found += [f"{title}{name}{_owner(value)}" for name, value in list(names.changed().items())[:3]]
        return found


def _owner(value: object) -> str:
    """A remark on a name that torch itself has set, as it does when a part of it is first used."""
    code = getattr(value, "__code__", None)
    module = value.__module__ if isinstance(value, type) else ""
    own = code is not None and code.co_filename.startswith(str(Path(torch.__file__).parent))
    return BY_TORCH if own or module.startswith("torch") else ""


def _settings() -> dict[str, Any]:
    return {
        "grad mode": torch.is_grad_enabled(),
        "inference mode": torch.is_inference_mode_enabled(),
        "default dtype": torch.get_default_dtype(),
        "default device": getattr(torch._GLOBAL_DEVICE_CONTEXT, "device_context", None),
        "anomaly mode": torch.is_anomaly_enabled(),
        "deterministic mode": torch.are_deterministic_algorithms_enabled(),
        "function modes": torch._C._len_torch_function_stack(),
        "dispatch modes": torch._C._len_torch_dispatch_stack(),
        "torch threads": torch.get_num_threads(),
        "threads": count_threads(),
        "print options": (repr(vars(PRINT_OPTS)), repr(np.get_printoptions())),
        "streams": [(id(stream), getattr(stream, "closed", None)) for stream in (sys.stdout, sys.stderr)],
        "descriptors": [_is_open(number) for number in (1, 2)],
        "warning filters": tuple(map(id, warnings.filters)),
        "tracing": (sys.gettrace(), sys.getprofile(), threading.gettrace()),
        "recursion limit": sys.getrecursionlimit(),
        "import path": tuple(sys.path),
        "import hooks": tuple(map(id, sys.meta_path)),
        "environment": dict(os.environ),
        "working folder": os.getcwd(),  # noqa: PTH109 - a plain text to compare
        "signal handlers": tuple(map(getsignal, _SIGNALS)),
        "timers": _timers(),
    }


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def _timers() -> list[bool]:
    """Which timers will send a signal; Windows has none."""
    names = ("ITIMER_REAL", "ITIMER_VIRTUAL", "ITIMER_PROF")
    return [any(signal.getitimer(getattr(signal, name))) for name in names if hasattr(signal, name)]
