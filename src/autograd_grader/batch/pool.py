"""A pool of observers: a thread for each takes one submission after the other, and hands on what it observed."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from autograd_grader.batch.cache_key import CacheKey
from autograd_grader.batch.grading import SESSION_SIZE, describe_error, unobserved
from autograd_grader.batch.plan import BatchPlan, Pending
from autograd_grader.batch.stored_observation import StoredObservation
from autograd_grader.model.observation import Observation
from autograd_grader.observe.observer import Observer
from autograd_grader.report import Row

PATIENCE = 1.0
"""Seconds that an observation waits for others to be graded with."""
LEAST = 12
"""The fewest observations that are waited for. Towards the end a session gets fewer than `SESSION_SIZE`: one processor
would grade alone while the others have nothing left to observe."""


@dataclass(frozen=True, slots=True)
class Observed:
    """An observation that is to be graded."""

    observation: Observation
    key: CacheKey | None
    """The cache key of its result; None where there is a fault."""
    score_before: float | None
    fault: str | None = None
    """How the grader itself failed on the submission, if it did."""

    @property
    def stored(self) -> StoredObservation | None:
        """What is kept of it for later runs; None where the grader failed, and is to try again."""
        return None if self.key is None else StoredObservation(key=self.key, observation=self.observation)


class ObserverPool:
    """Observes the pending submissions of a plan, as many at a time as there are observers."""

    def __init__(
        self,
        plan: BatchPlan,
        observers: Sequence[Observer],
        *,
        before_first: Callable[[], object],
        on_unchanged: Callable[[Row], object],
    ) -> None:
        """Call `before_first` before anything is observed, if anything is, and `on_unchanged` for the other rows.

        Both are called by the thread that asks for sessions.
        """
        self._plan = plan
        self._observers = observers
        self._before_first = before_first
        self._on_unchanged = on_unchanged
        self._found = iter(plan.found)
        self._taking = threading.Lock()
        self._outstanding = len(plan.found)
        """Submissions of which the asking thread knows nothing yet."""
        # Bounded, so that observers which are faster than grading wait, and memory stays flat.
        self._done: queue.Queue[Observed | Row | Exception] = queue.Queue(maxsize=SESSION_SIZE)
        self._stopped = threading.Event()

    def sessions(self) -> Iterator[list[Observed]]:
        """All observations, as they come, in lists that are worth a pytest session.

        What is unchanged up to the first pending submission is found here: where all is, no observer is needed.
        """
        first = self._first_pending()
        if first is None:
            return
        self._before_first()
        self._start(first)
        del first
        while self._outstanding:
            session = self._gather()
            if session:
                yield session
            del session  # thirty megabytes, while the next one is waited for

    def stop(self) -> None:
        """Close the observers: a thread that waits for one is woken by that, and takes nothing more."""
        self._stopped.set()
        for observer in self._observers:
            observer.close()

    def _first_pending(self) -> Pending | None:
        for found in self._found:
            examined = self._plan.examine(found)
            if isinstance(examined, Pending):
                return examined
            self._outstanding -= 1
            self._on_unchanged(examined)
        return None

    def _start(self, first: Pending) -> None:
        pending: Pending | None = first
        for observer in self._observers:
            threading.Thread(target=self._work, args=(observer, pending), daemon=True).start()
            pending = None  # it is for one of them

    def _gather(self) -> list[Observed]:
        session: list[Observed] = []
        until = 0.0
        while len(session) < self._session_size(len(session)):
            try:
                done = self._done.get(timeout=max(until - time.monotonic(), 0) if session else None)
            except queue.Empty:
                break
            if isinstance(done, Exception):
                raise done
            self._outstanding -= 1
            if isinstance(done, Row):
                self._on_unchanged(done)
                continue
            if not session:
                until = time.monotonic() + PATIENCE
            session.append(done)
        return session

    def _session_size(self, gathered: int) -> int:
        possible = self._outstanding + gathered
        return min(SESSION_SIZE, max(possible // 2, LEAST), possible)

    def _work(self, observer: Observer, pending: Pending | None) -> None:
        """Observe until nothing is left; what no submission is to blame for goes to the thread that asks."""
        try:
            done: Observed | Row | None = _observe(observer, pending) if pending else self._next(observer)
            del pending
            while done is not None:
                self._hand_on(done)
                done = self._next(observer)
        except Exception as error:  # noqa: BLE001 - raised again there
            self._hand_on(error)
        finally:
            observer.close()

    def _next(self, observer: Observer) -> Observed | Row | None:
        with self._taking:
            found = None if self._stopped.is_set() else next(self._found, None)
        if found is None:
            return None
        examined = self._plan.examine(found)
        return _observe(observer, examined) if isinstance(examined, Pending) else examined

    def _hand_on(self, done: Observed | Row | Exception) -> None:
        while not self._stopped.is_set():
            with contextlib.suppress(queue.Full):
                self._done.put(done, timeout=PATIENCE)
                break


def _observe(observer: Observer, pending: Pending) -> Observed:
    """The observation of one submission; whatever happens, there is one."""
    fault = pending.fault
    if fault is None:
        try:
            observation = observer.observe(pending.submission, pending.plan)
            return Observed(observation, pending.key, pending.score_before)
        except Exception as error:  # noqa: BLE001 - one submission never ends the batch
            fault = describe_error(error)
    return Observed(unobserved(pending.submission, pending.plan, fault), None, pending.score_before, fault)
