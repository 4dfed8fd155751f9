"""The layers of the sandbox: which of them hold on this machine, found out by trial, and what to do otherwise."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from autograd_grader.errors import SandboxError
from autograd_grader.model.base import Record
from autograd_grader.observe.frames import BrokenFrameError, DeadlineError
from autograd_grader.observe.process import WarmProcess
from autograd_grader.observe.workplace import Workplace

_PROBE_SECONDS = 20.0
_FRAME_BYTES = 1 << 20
_TITLES = {
    "process": (1, "another process, data only"),
    "limits": (2, "limits on time, memory and files"),
    "landlock": (3, "Landlock: files"),
    "seccomp": (3, "seccomp: system calls"),
    "user": (3, "a user without rights"),
}
_ADVICE = {
    "process": "please report this: it should hold everywhere",
    "limits": "use Linux: other systems have fewer limits",
    "landlock": "use Linux 5.13 or newer with `landlock` in its boot option `lsm=`, and `pip install landlockpy`",
    "seccomp": "use Linux on x86-64 or ARM64, a container that allows `seccomp`, and `pip install seccompy`",
    "user": "run it as an ordinary user, or in a container that has the capabilities SETUID, SETGID and KILL",
}


class Trial(Record):
    """One forbidden thing that a probe child attempted."""

    layer: str
    what: str
    refused: bool


class _Frame(Record):
    frame: Literal["probe"]
    trials: tuple[Trial, ...]
    missing: dict[str, str]
    scratch_capped: bool


class Layer(Record):
    """A layer of the sandbox, and whether it holds on this machine."""

    number: int
    name: str
    title: str
    holds: bool
    trials: tuple[Trial, ...] = ()
    reason: str = ""
    """Why it could not be set up, in the system's words."""
    advice: str = ""
    """What to do where it does not hold."""


_FRAME = TypeAdapter(_Frame)


def examine(process: WarmProcess, secrets: Sequence[Path] = ()) -> list[Layer]:
    """Have a child attempt each forbidden thing; `secrets` are files that it must not read.

    Raises `SandboxError` when no child can be had.
    """
    with Workplace() as place:
        other = place.path / "other-submission.py"
        other.write_text("the work of somebody else", encoding="utf-8")
        # Open to every user: what keeps the child out has to be the sandbox.
        place.path.chmod(0o755)
        frame = _probe(process, [other, *secrets])
    layers = [_layer(name, frame) for name in _TITLES]
    return [*layers, _bubblewrap(frame)]


def require(sandbox: str, process: WarmProcess) -> None:
    """Raise `SandboxError` where a layer that a `strict` sandbox needs does not hold; `basic` needs none of them."""
    if sandbox != "strict":
        return
    broken = [layer for layer in examine(process) if layer.number <= 3 and not layer.holds]
    if broken:
        names = ", ".join(layer.title for layer in broken)
        message = (
            f"--sandbox strict needs what does not hold here ({names}): {broken[0].advice}; "
            "`grade doctor` tells more, and --sandbox basic makes do with what there is"
        )
        raise SandboxError(message)


def _probe(process: WarmProcess, secrets: Sequence[Path]) -> _Frame:
    request = {"probe": [str(path) for path in secrets], "cpu_seconds": int(_PROBE_SECONDS)}
    with process.child(request) as child:
        try:
            body = child.reader(_FRAME_BYTES).read(time.monotonic() + _PROBE_SECONDS)
            return _FRAME.validate_json(body)
        except (DeadlineError, EOFError, BrokenFrameError, ValidationError) as error:
            message = f"the sandbox could not be tried ({type(error).__name__}); run `grade doctor` again"
            raise SandboxError(message) from error


def _layer(name: str, frame: _Frame) -> Layer:
    number, title = _TITLES[name]
    trials = tuple(trial for trial in frame.trials if trial.layer == name)
    holds = name not in frame.missing and all(trial.refused for trial in trials)
    advice = "" if holds else _ADVICE[name]
    return Layer(
        number=number,
        name=name,
        title=title,
        holds=holds,
        trials=trials,
        reason=frame.missing.get(name, ""),
        advice=advice,
    )


def _bubblewrap(frame: _Frame) -> Layer:
    """The fourth layer is not built in yet; what it is for, and whether its part about disk space is had otherwise."""
    found = shutil.which("bwrap", path=os.defpath) is not None
    scratch = "is kept to its size by the system" if frame.scratch_capped else "is watched, not capped, by the grader"
    there = "bubblewrap is installed but not used yet" if found else "bubblewrap is not installed"
    return Layer(
        number=4,
        name="namespaces",
        title="namespaces by bubblewrap",
        holds=False,
        reason=f"{there}; a child's scratch folder {scratch}",
        advice="none of the other layers needs it" if sys.platform == "linux" else "only Linux has it",
    )
