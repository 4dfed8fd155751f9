"""Observes a submission: hands its calls to children one request at a time, and keeps what comes back.

A call that hangs or kills its child costs that call: the ones before it are kept, and a fresh child goes on with the
rest.
"""

from __future__ import annotations

import math
import threading
import time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from autograd_grader.errors import SandboxError
from autograd_grader.model.observation import CallObservation, FileFacts, Load, Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Submission, code_name
from autograd_grader.observe.frames import BrokenFrameError, DeadlineError, FrameReader
from autograd_grader.observe.host.worker import Child, Worker
from autograd_grader.observe.observer import Limits

MAX_FRAME_BYTES = 8 << 20
MAX_FRAME_OBJECTS = 20_000
"""Over twice what an honest frame can hold: a full list of events, a full graph, and all items of what was returned."""
MAX_SUBMISSION_MEMORY = 256 << 20
"""Bytes that what is kept of a submission's frames may take as objects. Honest ones take a few MiB, and about 100 MiB
where every call fills its list of events."""
_MAX_NOTICED = 20
_AGAIN = 0.1
"""The share of its deadline that a function gets once it has hung: its other calls most likely hang too."""
_AGAIN_AT_LEAST = 0.5
"""Seconds of it, so that a call which does end does so on a busy machine too."""

Ending = Literal["timed-out", "crashed"]


class _Frame(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _SyntaxFrame(_Frame):
    frame: Literal["syntax"]
    facts: tuple[FileFacts, ...]
    chosen: dict[str, tuple[str, ...]]


class _LoadFrame(_Frame):
    frame: Literal["load"]
    load: Load


class _CallFrame(_Frame):
    frame: Literal["call"]
    observation: CallObservation
    changes: tuple[str, ...] = ()


class _ChangedFrame(_Frame):
    frame: Literal["changed"]
    changes: tuple[str, ...]


class _NoticedFrame(_Frame):
    frame: Literal["noticed"]
    what: Annotated[str, Field(max_length=200)]


_Message = _SyntaxFrame | _LoadFrame | _CallFrame | _ChangedFrame | _NoticedFrame
_Answer = _SyntaxFrame | _LoadFrame | _CallFrame | _ChangedFrame
_FRAME: TypeAdapter[_Message] = TypeAdapter(Annotated[_Message, Field(discriminator="frame")])


def _parsed(body: bytes) -> _Message:
    """A frame from what a child sent; raises `BrokenFrameError` for one that would take much memory as objects."""
    if body.count(b"{") > MAX_FRAME_OBJECTS:
        message = f"a frame of more than {MAX_FRAME_OBJECTS} objects"
        raise BrokenFrameError(message)
    return _FRAME.validate_json(body)


def _memory(body: bytes) -> int:
    """About how many bytes a frame takes once it is objects, at most: its text, the records in it, and their fields."""
    return 4 * len(body) + 1000 * body.count(b"{") + 32 * body.count(b",")


class SandboxObserver:
    """Observes in children of a worker, which it ends, and replaces by a fresh one where it fails."""

    def __init__(self, worker: Worker, limits: Limits) -> None:
        """Fork from `worker`, within `limits`."""
        self._worker = worker
        self._limits = limits
        self._closed = False
        self._changing = threading.Lock()

    def observe(self, submission: Submission, plan: Plan) -> Observation:
        """See `Observer.observe`; raises `SandboxError` when a fresh worker fails as well."""
        try:
            return self._observe(submission, plan)
        except SandboxError:
            self._renew()
            return self._observe(submission, plan)

    def close(self) -> None:
        """End the worker; a thread that observes with it is woken by that, and gets no other."""
        with self._changing:
            self._closed = True
            self._worker.close()

    def _renew(self) -> None:
        with self._changing:
            self._worker.close()
            if not self._closed:
                self._worker = self._worker.again()

    def _observe(self, submission: Submission, plan: Plan) -> Observation:
        work = _Work(submission, plan, self._limits)
        while work.pending:
            with self._worker.child(work.request()) as child:
                work.begin_child()
                ending = work.read(child.reader(MAX_FRAME_BYTES))
            if ending is not None:
                work.lose_step(ending, child)
        return work.observation()


class _Work:
    """The calls of one submission that are still to be made, and what came of the others."""

    def __init__(self, submission: Submission, plan: Plan, limits: Limits) -> None:
        self._submission = submission
        self._plan = plan
        self._limits = limits
        self._until = math.inf
        self.pending = [] if submission.problem else _requests(plan)
        self._syntax: _SyntaxFrame | None = None
        self._loads: dict[str, Load] = {}
        self._lost_files: set[str] = set()
        self._loaded_here: set[str] = set()
        self._hung: set[str] = set()
        self._was_killed = False
        self._calls: list[CallObservation] = []
        self._changes: list[str] = []
        self._memory_left = MAX_SUBMISSION_MEMORY
        self._noticed: dict[str, None] = {}

    def request(self) -> dict[str, Any]:
        return {
            "files": [file.model_dump() for file in self._submission.files],
            "calls": self.pending,
            "skip_files": sorted(self._lost_files),
            "cpu_seconds": int(self._limits.submission) + 2,
        }

    def begin_child(self) -> None:
        # The clock starts here: the first child waits until the warm process has imported torch.
        if math.isinf(self._until):
            self._until = time.monotonic() + self._limits.submission
        self._loaded_here = set()
        self._syntax_here = False
        self._progress = False

    def read(self, reader: FrameReader) -> Ending | None:
        """Take frames until the calls are done or the child is; gives how it ended when it owed an answer."""
        while self.pending:
            try:
                frame = self._answer(reader, self._deadline())
            except DeadlineError:
                return "timed-out"
            except (EOFError, BrokenFrameError, ValidationError):
                return "crashed"
            if isinstance(frame, _ChangedFrame):
                self._changes.extend(frame.changes)
                return None if self._progress else "crashed"
            if not self._take(frame):
                return "crashed"
        return None

    def _answer(self, reader: FrameReader, deadline: float) -> _Answer:
        """The next frame that is an answer; what is noticed before it is kept, and buys no time."""
        while True:
            body = reader.read(deadline)
            self._pay_for(body)
            frame = _parsed(body)
            if not isinstance(frame, _NoticedFrame):
                return frame
            self._noticed[frame.what] = None
            if len(self._noticed) > _MAX_NOTICED:
                message = f"more than {_MAX_NOTICED} things to notice"
                raise BrokenFrameError(message)

    def _pay_for(self, body: bytes) -> None:
        if not self._syntax_here and self._syntax is not None:
            return  # what a later child sees in the syntax trees is not kept
        self._memory_left -= _memory(body)
        if self._memory_left < 0:
            message = f"frames that would take more than {MAX_SUBMISSION_MEMORY} bytes"
            raise BrokenFrameError(message)

    def lose_step(self, ending: Ending, child: Child) -> None:
        """Record what the child was doing when it ended, so that the next child goes on after it."""
        detail = child.status
        if ending == "crashed" and child.was_killed and not self._was_killed and time.monotonic() < self._until:
            # Where memory is short, the system kills whom it likes. What kills itself does so again.
            self._was_killed = True
            return
        if not self._syntax_here or time.monotonic() >= self._until:
            self._lose_calls(len(self.pending), ending, detail)
            return
        path = self._path(self.pending[0]["function"])
        if ending == "crashed" and self._loaded_here - {path}:
            return  # what another file left behind may have done it: only a child of its own tells
        if path is not None and path not in self._loaded_here and path not in self._lost_files:
            self._lost_files.add(path)
            self._loads[path] = Load(path=path, outcome=ending, detail=detail)
        else:
            if ending == "timed-out":
                self._hung.add(self.pending[0]["function"])
            self._lose_calls(1, ending, detail)

    def observation(self) -> Observation:
        return Observation(
            submission=self._submission.id,
            origin=self._submission.origin,
            digest=self._submission.digest(),
            plan=self._plan,
            problem=self._submission.problem,
            notices=self._submission.notices,
            facts=self._syntax.facts if self._syntax else (),
            chosen=self._syntax.chosen if self._syntax else {},
            sources=self._sources(),
            loads=tuple(self._loads.values()),
            calls=tuple(self._calls),
            changes=tuple(self._changes),
            noticed=tuple(self._noticed),
        )

    def _sources(self) -> dict[str, str]:
        named = {path for paths in self._syntax.chosen.values() for path in paths[:1]} if self._syntax else set()
        files = [file for file in self._submission.files if file.path in named]
        return {code_name(file.path, cell.number): cell.source for file in files for cell in file.cells}

    def _take(self, frame: _SyntaxFrame | _LoadFrame | _CallFrame) -> bool:
        """Keep one frame; False if it is not one that is due."""
        if isinstance(frame, _SyntaxFrame):
            due = not self._syntax_here
            self._syntax_here = True
            self._syntax = self._syntax or frame
            return due
        call = self.pending[0]
        path = self._path(call["function"])
        loads_first = path is not None and path not in self._loaded_here | self._lost_files
        if isinstance(frame, _LoadFrame):
            if frame.load.path != path or not loads_first or not self._syntax_here:
                return False
            self._loaded_here.add(path)
            self._loads.setdefault(path, frame.load)
            return True
        seen = frame.observation
        if (seen.exercise, seen.call) != (call["exercise"], call["id"]) or loads_first or not self._syntax_here:
            return False
        self._calls.append(seen)
        self._changes.extend(frame.changes)
        self.pending.pop(0)
        self._progress = True
        return True

    def _lose_calls(self, count: int, ending: Ending, detail: str) -> None:
        for call in self.pending[:count]:
            self._calls.append(
                CallObservation(exercise=call["exercise"], call=call["id"], outcome=ending, detail=detail)
            )
        del self.pending[:count]

    def _deadline(self) -> float:
        function, allowed = self.pending[0]["function"], self._limits.call
        # A fresh child that has yet to load the file is not to blame for the call before it.
        if function in self._hung and self._path(function) in self._loaded_here:
            allowed = min(allowed, max(allowed * _AGAIN, _AGAIN_AT_LEAST))
        return min(time.monotonic() + allowed, self._until)

    def _path(self, function: str) -> str | None:
        return next(iter(self._syntax.chosen.get(function, ())), None) if self._syntax else None


def _requests(plan: Plan) -> list[dict[str, Any]]:
    """The plan as the child takes it: calls, then constants, exercise by exercise."""
    requests = []
    for exercise in plan.exercises:
        common = {"exercise": exercise.exercise, "file": exercise.file}
        requests += [common | call.model_dump() | {"constant": False} for call in exercise.calls]
        constant = {"args": [], "bend": 1.0, "constant": True}
        requests += [common | constant | {"id": name, "function": name} for name in exercise.constants]
    return requests
