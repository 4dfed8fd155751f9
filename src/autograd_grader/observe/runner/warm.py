"""The warm process: imports torch once, and forks a child for each request.

It reads three kinds of message on its control socket. `run` comes with a descriptor, which the child alone uses: the
request and the observations never pass through here. `stop` ends the child, whatever it is doing, and is answered with
how it ended. `more` imports what torch puts off, and is answered when that is done. When the control socket closes, so
does everything here.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
import sys
from typing import TYPE_CHECKING

from autograd_grader.observe.runner.lock import Lock

if TYPE_CHECKING:
    from autograd_grader.observe.runner.child import Heritage

MESSAGE_BYTES = 4
RUN = b"run."
STOP = b"stop"
MORE = b"more"
WARM = b"warm"
LOOK_SECONDS = 0.1
"""How often the scratch folder is looked at while a child runs."""
FAULT = 70
"""A child's exit code when the runner itself failed."""


def main() -> None:
    """Serve the control socket whose descriptor is the first argument, until it closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    lock = Lock(os.getcwd())  # noqa: PTH109 - a plain text
    os.environ.clear()  # what was said to libc is said
    # Torch's compiler makes a folder when it is imported, by an optimizer say: here is one, and no other may be made.
    os.environ["TORCHINDUCTOR_CACHE_DIR"] = lock.scratch.path
    import torch

    from autograd_grader.observe.runner.child import Heritage

    _warm_up(torch)
    # The runner is loaded: nobody needs the way to it any more, and no student's `import` shall find the program.
    sys.path[:] = [entry for entry in sys.path if entry not in sys.argv[2:3] or os.path.isdir(f"{entry}/torch")]  # noqa: PTH112
    lock.prepare()
    heritage = Heritage.prepared(lock)
    _settle()
    control.sendall(WARM)
    child: int | None = None
    while True:
        if child is not None and not select.select([control], [], [], LOOK_SECONDS)[0]:
            if lock.scratch.is_full():
                os.kill(child, signal.SIGKILL)
            continue
        message, descriptors, _, _ = socket.recv_fds(control, MESSAGE_BYTES, 1)
        if child is not None and message != RUN:
            status = _end_child(child)
            child = None
            lock.scratch.wipe()
            if message == STOP:
                control.sendall(status.to_bytes(MESSAGE_BYTES, "big"))
        if not message:
            return
        if message == MORE:
            _import_what_is_put_off(torch)
            heritage = Heritage.prepared(lock)
            _settle()
            control.sendall(WARM)
        if message == RUN:
            (link,) = descriptors
            child = _start_child(link, control, heritage)
            os.close(link)


def _start_child(link: int, control: socket.socket, heritage: Heritage) -> int:
    """Fork a child that serves the request which waits on `link`, and give its process id."""
    from autograd_grader.observe.runner.child import end, run

    child = os.fork()
    if child == 0:
        code = FAULT
        try:
            os.setsid()
            control.close()
            run(link, heritage)
            code = 0
        finally:
            end(code)
    return child


def _warm_up(torch: object) -> None:
    """Run what every exercise runs once, so that children inherit torch's lazy set-up instead of paying for it."""
    torch.set_num_threads(1)  # type: ignore[attr-defined]
    x = torch.tensor(1.5, requires_grad=True)  # type: ignore[attr-defined]
    f = 3 * x**2 + 4 * x
    f.backward()
    str(x.grad)


def _import_what_is_put_off(torch: object) -> None:
    """Import what torch puts off until an optimizer or `torch.func` is first used: over a second, for every child."""
    x = torch.tensor(1.5, requires_grad=True)  # type: ignore[attr-defined]
    torch.optim.SGD([x], lr=0.1).zero_grad()  # type: ignore[attr-defined]
    torch.func.jvp(lambda t: 7 * t**2, (x.detach(),), (x.detach(),))  # type: ignore[attr-defined]


def _settle() -> None:
    """Make what is alive now cheap to inherit."""
    # Out of the collector's sight: each child's would touch, and copy, it all.
    gc.collect()
    gc.freeze()
    if sys.platform == "linux":
        from autograd_grader.observe.runner.lock.kernel import take_no_more_large_pages

        # They are for what is inherited: a student's gigabyte would be slow to come by in them.
        take_no_more_large_pages()


def _end_child(child: int) -> int:
    """Kill a child and all that it started, and say how it had ended: `os.waitpid`'s status."""
    # The whole group first: what the child left behind outlives its leader. One that has ended keeps its status.
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]
