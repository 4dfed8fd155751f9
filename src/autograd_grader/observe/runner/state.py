"""What a file may leave behind in the process, so that one exercise's file can't spoil another's."""

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
from _thread import _count as count_threads
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch._tensor_str import PRINT_OPTS
from torch.autograd.variable import Variable

from autograd_grader.observe.runner.limits import much_memory_is_held
from autograd_grader.observe.runner.snapshot import type_name

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


class ProcessState:
    """How the process was before student code; `changes` names what is different now."""

    def __init__(self, scratch: str) -> None:
        """Remember the process as it is, and that its `scratch` folder is empty."""
        self._scratch = scratch
        self._names = [(space, dict(vars(space))) for space in _NAMESPACES]
        self._modules = dict(sys.modules)
        self._held_before = much_memory_is_held()
        self._settings = _settings()

    def changes(self) -> list[str]:
        """What differs from the remembered state, in a few words each; empty after honest work."""
        try:
            return self._changes()
        except Exception as error:  # noqa: BLE001 - what a student put in a setting's place can fail in any way
            return [f"a setting that raises {type_name(error)}"]

    def _changes(self) -> list[str]:
        now = _settings()
        found = [name for name, value in self._settings.items() if now[name] != value]
        found += [f"module {name}" for name, module in self._modules.items() if sys.modules.get(name) is not module][:3]
        if much_memory_is_held() and not self._held_before:
            found.append("memory")
        if os.listdir(self._scratch):  # noqa: PTH208 - names alone are asked for
            found.append("scratch folder")
        for space, names in self._names:
            current = vars(space)
            changed = [name for name, value in names.items() if current.get(name) is not value]
            if isinstance(space, type):  # modules of torch's grow by themselves
                changed += [name for name in current if name not in names]
            found += [f"{space.__name__}.{name}{_owner(current.get(name))}" for name in changed[:3]]
        return found


def _owner(value: object) -> str:
    """A remark on a name that torch itself has set anew, as it does when a part of it is first used."""
    code = getattr(value, "__code__", None)
    module = value.__module__ if isinstance(value, type) else ""
    own = code is not None and code.co_filename.startswith(str(Path(torch.__file__).parent))
    return BY_TORCH if own or module.startswith("torch") else ""


def _settings() -> dict[str, Any]:
    return {
        "grad mode": torch.is_grad_enabled(),
        "inference mode": torch.is_inference_mode_enabled(),
        "default dtype": torch.get_default_dtype(),
        "default device": str(torch.get_default_device()),
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
        "signal handlers": tuple(signal.getsignal(number) for number in _signals()),
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


def _signals() -> list[signal.Signals]:
    return sorted(signal.valid_signals() & set(signal.Signals))
