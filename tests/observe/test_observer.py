"""The observer owns its worker: one that fails is replaced once a submission, and closing it ends everything."""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from autograd_grader.errors import SandboxError
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.host.worker import Worker
from autograd_grader.observe.observer import Limits

from .seam import RIGHT, Seam

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograd_grader.observe.host.worker import Child

GONE = "could not be started or has ended"
HANGS = "def f():\n    while True: pass"


@pytest.fixture
def observer() -> Iterator[SandboxObserver]:
    observer = SandboxObserver(Worker(), Limits(call=20.0))
    yield observer
    observer.close()


def test_a_killed_worker_is_replaced_by_another_from_the_same_import_of_torch(observer: SandboxObserver) -> None:
    seam, worker, server = Seam(observer), observer._worker, observer._worker._server
    assert seam.call(RIGHT, 5.0).outcome == "returned"
    assert worker._pid is not None
    with worker.another() as other:
        server.kill(worker._pid)
        assert seam.call(RIGHT, 5.0).outcome == "returned"
        assert observer._worker is not worker
        assert observer._worker._server is server
        assert Seam(SandboxObserver(other, Limits())).call(RIGHT, 5.0).outcome == "returned"
    observer.close()
    assert not server.is_alive


def test_a_killed_fork_server_is_replaced_by_another(observer: SandboxObserver) -> None:
    server = observer._worker._server
    server._process.kill()  # as the system does when memory runs out
    assert Seam(observer).call(RIGHT, 5.0).outcome == "returned"
    assert observer._worker._server is not server


def test_an_observer_that_is_closed_while_it_observes_ends_its_worker_and_takes_no_other(
    observer: SandboxObserver,
) -> None:
    raised: list[SandboxError] = []
    worker = observer._worker
    worker.wait_until_ready()

    def observe() -> None:
        try:
            Seam(observer).call(HANGS)
        except SandboxError as error:
            raised.append(error)

    thread = threading.Thread(target=observe)
    thread.start()
    time.sleep(0.5)
    observer.close()
    thread.join(10.0)
    assert not thread.is_alive()
    assert [GONE in str(error) for error in raised] == [True]
    assert observer._worker is worker
    assert not worker._server.is_alive


class FailingWorker:
    """A worker that never gives a child."""

    def __init__(self, made: list[FailingWorker]) -> None:
        self.closed = 0
        self._made = made
        made.append(self)

    @contextlib.contextmanager
    def child(self, _request: dict[str, Any]) -> Iterator[Child]:
        raise SandboxError(f"worker {len(self._made)} {GONE}")
        yield

    def another(self) -> FailingWorker:
        return FailingWorker(self._made)

    def close(self) -> None:
        self.closed += 1


def test_a_worker_that_fails_is_tried_again_once_and_each_is_closed() -> None:
    made: list[FailingWorker] = []
    worker: Any = FailingWorker(made)
    observer = SandboxObserver(worker, Limits())
    with pytest.raises(SandboxError, match="worker 2"):
        Seam(observer).call(RIGHT)
    with pytest.raises(SandboxError, match="worker 3"):
        Seam(observer).call(RIGHT)
    observer.close()
    assert [each.closed for each in made] == [1, 1, 1]


def test_a_closed_observer_starts_no_worker() -> None:
    made: list[FailingWorker] = []
    worker: Any = FailingWorker(made)
    observer = SandboxObserver(worker, Limits())
    observer.close()
    observer.close()
    with pytest.raises(SandboxError, match="worker 1"):
        Seam(observer).call(RIGHT)
    assert len(made) == 1
