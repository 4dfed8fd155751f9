"""Which layers of the sandbox hold on this machine, found out by trial, and what to do about one that does not."""

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
from autograd_grader.observe.child.confine import LAYERS
from autograd_grader.observe.child.confine.layer import Layer
from autograd_grader.observe.child.confine.namespaces import Namespaces
from autograd_grader.observe.frames import BrokenFrameError, DeadlineError
from autograd_grader.observe.host.temporary_folder import TemporaryFolder
from autograd_grader.observe.host.worker import Worker

_PROBE_SECONDS = 20.0
_FRAME_BYTES = 1 << 20
_USERS = Path("/etc/passwd")


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


class ExaminedLayer(Record):
    """A layer of the sandbox, and whether it holds on this machine."""

    name: str
    title: str
    required: bool
    """Whether a `strict` sandbox needs it."""
    holds: bool
    trials: tuple[Trial, ...] = ()
    reason: str = ""
    """Why it could not be set up, in the system's words."""
    advice: str = ""
    """What to do where it does not hold."""


_FRAME = TypeAdapter(_Frame)


def examine(worker: Worker, forbidden: Sequence[Path] = ()) -> list[ExaminedLayer]:
    """Have a child attempt each forbidden thing; `forbidden` are files that it must not be able to read.

    Raises `SandboxError` when no child can be had.
    """
    with TemporaryFolder() as place:
        other = place.path / "other-submission.py"
        other.write_text("the work of somebody else", encoding="utf-8")
        # Open to every user: what keeps the child out has to be the sandbox.
        place.path.chmod(0o755)
        worker.wait_until_ready()
        frame = _probe(worker, [_USERS, other, *forbidden])
    missing = dict(frame.missing)
    if worker.namespaces_missing:
        limit = "limited by the system" if frame.scratch_capped else "checked ten times a second, not limited"
        missing[Namespaces.name] = f"{worker.namespaces_missing}; the size of a child's scratch folder is {limit}"
    return [_examined(layer, frame.trials, missing.get(layer.name, "")) for layer in LAYERS]


def require(sandbox: str, worker: Worker) -> None:
    """Raise `SandboxError` where a layer that a `strict` sandbox needs does not hold; `basic` needs none of them."""
    if sandbox != "strict":
        return
    broken = [layer for layer in examine(worker) if layer.required and not layer.holds]
    if broken:
        names = ", ".join(layer.title for layer in broken)
        message = (
            f"--sandbox strict needs what does not hold here ({names}): {broken[0].advice}; "
            "`grade doctor` tells more, and --sandbox basic makes do with what there is"
        )
        raise SandboxError(message)


def _probe(worker: Worker, forbidden: Sequence[Path]) -> _Frame:
    request = {"probe": [str(path) for path in forbidden], "cpu_seconds": int(_PROBE_SECONDS)}
    with _server(worker) as server, worker.child(request | server) as child:
        try:
            body = child.reader(_FRAME_BYTES).read(time.monotonic() + _PROBE_SECONDS)
            return _FRAME.validate_json(body)
        except (DeadlineError, EOFError, BrokenFrameError, ValidationError) as error:
            message = f"the sandbox could not be tried ({type(error).__name__}); run `grade doctor` again"
            raise SandboxError(message) from error


def _examined(layer: type[Layer], tried: Sequence[Trial], reason: str) -> ExaminedLayer:
    trials = tuple(trial for trial in tried if trial.layer == layer.name)
    holds = not reason and all(trial.refused for trial in trials)
    return ExaminedLayer(
        name=layer.name,
        title=layer.title,
        required=layer.required,
        holds=holds,
        trials=trials,
        reason=reason,
        advice="" if holds else layer.advice,
    )


@contextlib.contextmanager
def _server(worker: Worker) -> Iterator[dict[str, str]]:
    """A socket for a process in namespaces to try; one in the same network as this can reach it, whatever it sees."""
    if worker.namespaces_missing:
        yield {}
        return
    address = f"\0autograd-grader-{secrets.token_hex(8)}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        yield {"server": address}
