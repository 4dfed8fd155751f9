"""The calls of one submission: which are still to be made, what came of the others, and what an ended child costs."""

from __future__ import annotations

import math
import time
from typing import Any, Literal

from pydantic import ValidationError

from autograd_grader.model.observation import CallObservation, Load, Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Submission, code_name
from autograd_grader.observe.frames import BrokenFrameError, DeadlineError, FrameReader
from autograd_grader.observe.host.answers import (
    MAX_NOTICED,
    Answer,
    CallFrame,
    ChangedFrame,
    LoadFrame,
    NoticedFrame,
    SyntaxFrame,
    holds_more_values,
    memory_of,
    parse,
)
from autograd_grader.observe.host.worker import Child
from autograd_grader.observe.observer import Limits

MAX_SUBMISSION_MEMORY = 256 << 20
"""Bytes that what is kept of a submission's frames may take as objects. Honest ones take a few MiB, and about 100 MiB
where every call fills its list of events."""
_HUNG_SHARE = 0.1
"""The share of its deadline that a function gets once it has hung: its other calls most likely hang too."""
_HUNG_SECONDS = 0.5
"""The least of it, so that a call which does end does so on a busy machine too."""

Ending = Literal["timed-out", "crashed"]


class SubmissionRun:
    """Makes requests of children until each call of the plan has an observation."""

    def __init__(self, submission: Submission, plan: Plan, limits: Limits) -> None:
        """Plan the calls of `submission`; none is pending where it could not be read."""
        self._submission = submission
        self._plan = plan
        self._limits = limits
        self._until = math.inf
        self.pending = [] if submission.problem else _requests(plan)
        self._syntax: SyntaxFrame | None = None
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
        """What the next child is asked for: the calls that are pending."""
        return {
            "files": [file.model_dump() for file in self._submission.files],
            "calls": self.pending,
            "skip_files": sorted(self._lost_files),
            "cpu_seconds": int(self._limits.submission) + 2,
        }

    def begin_child(self) -> None:
        """Expect the frames of a fresh child."""
        # The clock starts here: the first child waits until torch is imported.
        if math.isinf(self._until):
            self._until = time.monotonic() + self._limits.submission
        self._loaded_here = set()
        self._syntax_here = False
        self._progress = False

    def read(self, reader: FrameReader) -> Ending | None:
        """Take frames until the calls are done or the child has ended; gives how it ended if an answer was due."""
        while self.pending:
            try:
                frame = self._answer(reader, self._deadline())
            except DeadlineError:
                return "timed-out"
            except (EOFError, BrokenFrameError, ValidationError):
                return "crashed"
            if isinstance(frame, ChangedFrame):
                self._changes.extend(frame.changes)
                return None if self._progress else "crashed"
            if not self._take(frame):
                return "crashed"
        return None

    def _answer(self, reader: FrameReader, deadline: float) -> Answer:
        """The next frame that is an answer; what is noticed before it is kept, and does not extend the deadline."""
        while True:
            body = reader.read(deadline)
            self._charge(body)
            frame = parse(body)
            if not isinstance(frame, NoticedFrame):
                return frame
            self._noticed[frame.what] = None
            if len(self._noticed) > MAX_NOTICED:
                message = f"more than {MAX_NOTICED} things to notice"
                raise BrokenFrameError(message)

    def _charge(self, body: bytes) -> None:
        if not self._syntax_here and self._syntax is not None:
            return  # what a later child sees in the syntax trees is not kept
        self._memory_left -= memory_of(body)
        if self._memory_left < 0:
            message = f"frames that would take more than {MAX_SUBMISSION_MEMORY} bytes"
            raise BrokenFrameError(message)

    def lose_step(self, ending: Ending, child: Child) -> None:
        """Record what the child was doing when it ended, so that the next child goes on after it."""
        detail = child.status
        in_time = time.monotonic() < self._until
        if in_time and ending == "crashed" and child.was_killed and not self._was_killed:
            # Where memory is short, the system kills any process. What kills itself does so again.
            self._was_killed = True
            return
        if not (self._syntax_here and in_time):
            self._lose_calls(len(self.pending), ending, detail)
            return
        path = self._path(self.pending[0]["function"])
        if ending == "crashed" and self._loaded_here - {path}:
            return  # what another file changed may be the cause: a fresh child shows it
        if path is not None and path not in self._loaded_here | self._lost_files:
            self._lost_files.add(path)
            self._loads[path] = Load(path=path, outcome=ending, detail=detail)
            return
        if ending == "timed-out":
            self._hung.add(self.pending[0]["function"])
        self._lose_calls(1, ending, detail)

    def observation(self) -> Observation:
        """What came of all calls."""
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

    def _take(self, frame: SyntaxFrame | LoadFrame | CallFrame) -> bool:
        """Keep one frame; False if it is not one that is due."""
        if isinstance(frame, SyntaxFrame):
            due = not self._syntax_here
            self._syntax_here = True
            self._syntax = self._syntax or frame
            return due
        call = self.pending[0]
        path = self._path(call["function"])
        loads_first = path is not None and path not in self._loaded_here | self._lost_files
        if isinstance(frame, LoadFrame):
            if frame.load.path != path or not loads_first or not self._syntax_here:
                return False
            self._loaded_here.add(path)
            self._loads.setdefault(path, frame.load)
            return True
        seen = frame.observation
        if (seen.exercise, seen.call) != (call["exercise"], call["id"]) or loads_first or not self._syntax_here:
            return False
        if holds_more_values(seen, call["max_values"]):
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
        # A fresh child that has yet to load the file gets the whole of it for that.
        if function in self._hung and self._path(function) in self._loaded_here:
            allowed = min(allowed, max(allowed * _HUNG_SHARE, _HUNG_SECONDS))
        return min(time.monotonic() + allowed, self._until)

    def _path(self, function: str) -> str | None:
        return next(iter(self._syntax.chosen.get(function, ())), None) if self._syntax else None


def _requests(plan: Plan) -> list[dict[str, Any]]:
    """The plan as a child takes it: calls, then constants, exercise by exercise."""
    requests = []
    for exercise in plan.exercises:
        common = {"exercise": exercise.exercise, "file": exercise.file, "max_values": exercise.max_values}
        requests += [common | call.model_dump() | {"constant": False} for call in exercise.calls]
        requests += [common | {"id": name, "function": name, "constant": True} for name in exercise.constants]
    return requests
