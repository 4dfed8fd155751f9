"""A worker: holds torch and nothing of the grader's, and forks a child for each request.

It reads two kinds of message on its control socket. `run.` comes with a descriptor, which the child alone uses: the
request and the observations never pass through here. `stop` ends the child, whatever it is doing, and is answered with
how it ended. When the control socket closes, so does everything here.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys

from autograd_grader.observe.child.confine import Confinement
from autograd_grader.observe.child.main import Inherited, end, run
from autograd_grader.observe.child.name_table import Names
from autograd_grader.observe.child.process_state import own_modules
from autograd_grader.observe.child.record.engine import BendingEngine

MESSAGE_BYTES = 4
RUN, STOP = b"run.", b"stop"
CHECK_SECONDS = 0.1
"""How often the scratch folder's size is checked while a child runs."""
FAULT = 70
"""A child's exit code when this program's own code in it failed."""


def serve(control: socket.socket, names: dict[str, Names], engine: BendingEngine, hidden: list[str]) -> None:
    """Send this process's id on `control` once it is prepared, and serve that socket until it closes.

    `names` are what the names in torch and elsewhere refer to; `engine` is the proxy for torch's own; the folders
    `hidden` must not be readable for children.
    """
    parent = os.getppid()
    confinement = Confinement(os.getcwd(), hidden)  # noqa: PTH109 - a plain text
    scratch = confinement.scratch
    if sys.platform == "linux":
        from autograd_grader.observe.child.confine.kernel import end_with_parent

        end_with_parent(signal.SIGKILL)
        if os.getppid() != parent:  # it has ended already: nobody would send the signal
            return
    os.environ["TORCHINDUCTOR_CACHE_DIR"] = scratch.path
    inherited = Inherited(confinement, names, engine, own_modules())
    control.sendall(os.getpid().to_bytes(MESSAGE_BYTES, "big"))
    child: int | None = None
    while True:
        if child is not None and not select.select([control], [], [], CHECK_SECONDS)[0]:
            if scratch.is_full():
                os.kill(child, signal.SIGKILL)
            continue
        message, descriptors, _, _ = socket.recv_fds(control, MESSAGE_BYTES, 1)
        if child is not None and message != RUN:
            status = _end_child(child)
            child = None
            scratch.empty()
            if message == STOP:
                control.sendall(status.to_bytes(MESSAGE_BYTES, "big"))
        if not message:
            return
        if message == RUN:
            (link,) = descriptors
            child = start_child(link, control, inherited)
            os.close(link)


def start_child(link: int, control: socket.socket, inherited: Inherited) -> int:
    """Fork a child that serves the request which waits on `link`, and give its process id."""
    child = os.fork()
    if child == 0:
        code = FAULT
        try:
            os.setsid()
            control.close()
            run(link, inherited)
            code = 0
        finally:
            end(code)
    return child


def _end_child(child: int) -> int:
    """Kill a child and all that it started, and give how it had ended: `os.waitpid`'s status."""
    # The whole group first: what the child started may outlive it. A child that has ended keeps its status.
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]
