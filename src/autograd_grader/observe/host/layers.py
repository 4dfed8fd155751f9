"""The layers of the sandbox: which of them hold on this machine, found out by trial, and what to do otherwise."""

from __future__ import annotations

import contextlib
import secrets
import socket
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from autograd_grader.errors import SandboxError
from autograd_grader.model.base import Record
from autograd_grader.observe.frames import BrokenFrameError, DeadlineError
from autograd_grader.observe.host.temporary_folder import TemporaryFolder
from autograd_grader.observe.host.worker import Worker

_PROBE_SECONDS = 20.0
_FRAME_BYTES = 1 << 20
_USERS = Path("/etc/passwd")
_TITLES = {
    "process": (1, "another process, data only"),
    "limits": (2, "limits on time, memory and files"),
    "landlock": (3, "Landlock: files"),
    "seccomp": (3, "seccomp: system calls"),
    "user": (3, "a user without rights"),
    "namespaces": (4, "namespaces by bubblewrap"),
}
_ADVICE = {
    "process": "please report this: it should hold everywhere",
    "limits": "use Linux: other systems have fewer limits",
    "landlock": "use Linux 5.13 or newer with `landlock` in its boot option `lsm=`, and `pip install landlockpy`",
    "seccomp": "use Linux on x86-64 or ARM64, a container that allows `seccomp`, and `pip install seccompy`",
    "user": "run it as an ordinary user, or in a container that has the capabilities SETUID, SETGID and KILL",
    "namespaces": "Linux alone has it, bubblewrap has to be installed, and most containers allow none; "
    "no other layer needs it",
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


def examine(process: Worker, hidden: Sequence[Path] = ()) -> list[Layer]:
    """Have a child attempt each forbidden thing; `hidden` are files that it must not read.

    Raises `SandboxError` when no child can be had.
    """
    with TemporaryFolder() as place:
        other = place.path / "other-submission.py"
        other.write_text("the work of somebody else", encoding="utf-8")
        # Open to every user: what keeps the child out has to be the sandbox.
        place.path.chmod(0o755)
        process.wait_until_ready()
        frame = _probe(process, [_USERS, other, *hidden])
    missing = dict(frame.missing)
    if process.outside:
        scratch = "kept to its size by the system" if frame.scratch_capped else "watched, not capped, by the grader"
        missing["namespaces"] = f"{process.outside}; a child's scratch folder is {scratch}"
    return [_layer(name, frame.trials, missing.get(name, "")) for name in _TITLES]


def require(sandbox: str, process: Worker) -> None:
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


def _probe(process: Worker, hidden: Sequence[Path]) -> _Frame:
    request = {"probe": [str(path) for path in hidden], "cpu_seconds": int(_PROBE_SECONDS)}
    with _server(process) as server, process.child(request | server) as child:
        try:
            body = child.reader(_FRAME_BYTES).read(time.monotonic() + _PROBE_SECONDS)
            return _FRAME.validate_json(body)
        except (DeadlineError, EOFError, BrokenFrameError, ValidationError) as error:
            message = f"the sandbox could not be tried ({type(error).__name__}); run `grade doctor` again"
            raise SandboxError(message) from error


def _layer(name: str, tried: Sequence[Trial], reason: str) -> Layer:
    number, title = _TITLES[name]
    trials = tuple(trial for trial in tried if trial.layer == name)
    holds = not reason and all(trial.refused for trial in trials)
    advice = "" if holds else _ADVICE[name]
    return Layer(number=number, name=name, title=title, holds=holds, trials=trials, reason=reason, advice=advice)


@contextlib.contextmanager
def _server(process: Worker) -> Iterator[dict[str, str]]:
    """A socket for a process in namespaces to try; one in the same network as this can reach it, whatever it sees."""
    if process.outside:
        yield {}
        return
    address = f"\0autograd-grader-{secrets.token_hex(8)}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        yield {"server": address}
