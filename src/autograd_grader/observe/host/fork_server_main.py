"""The fork server: imports torch once for a whole batch, and forks workers, which inherit it and fork children.

On its control socket it first reads the hidden folders, as a frame, and then three kinds of message. `fork` comes with
a descriptor, the control socket of the worker to be forked. `lazy` imports what torch puts off, and is answered when
that is done. `kill` comes with the process id of a worker that is to end. When the control socket closes, so does this
process.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import traceback
from typing import TYPE_CHECKING, NoReturn

from autograd_grader.observe import frames
from autograd_grader.observe.child.name_table import Names

if TYPE_CHECKING:
    from autograd_grader.observe.child.record.engine import BendingEngine

MESSAGE_BYTES = 4
FORK, LAZY, KILL = b"fork", b"lazy", b"kill"
DONE = b"done"


def main() -> None:
    """Serve the control socket whose descriptor is the first argument, until it closes."""
    os.environ.clear()  # glibc has read its tunables
    # Torch's compiler makes a folder when it is imported, by an optimizer say: here is one.
    os.environ["TORCHINDUCTOR_CACHE_DIR"] = os.getcwd()  # noqa: PTH109 - a plain text
    # Until torch is imported nobody reads the control socket: a killed batch would leave this process for seconds.
    _end_with_the_grader(signal.SIGKILL)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # the others would spin for a tenth of a second, and end at the fork
    gc.disable()  # an import makes little garbage, and collecting takes a fifth of its time
    import torch

    del os.environ["OPENBLAS_NUM_THREADS"]

    # Not at the top: they import torch, too, which needs the lines above first.
    from autograd_grader.observe.child.record import engine as engines
    from autograd_grader.observe.child.warm_up import warm_up
    from autograd_grader.observe.host import worker_main  # noqa: F401 - for the workers that are forked from here

    control = socket.socket(fileno=int(sys.argv[1]))
    hidden: list[str] = frames.read_message(control.fileno())["hidden"]
    torch.set_num_threads(1)
    # All of this package that children need is loaded: student code must not be able to import the rest.
    sys.path[:] = [entry for entry in sys.path if entry not in sys.argv[2:3] or os.path.isdir(f"{entry}/torch")]  # noqa: PTH112
    engine = engines.install()
    warm_up(engine)
    names = prepare_memory()
    gc.enable()
    _end_with_the_grader(0)  # from here on it ends when the control socket closes
    workers: set[int] = set()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, MESSAGE_BYTES, 1)
        if not message:
            return
        if message == FORK:
            with socket.socket(fileno=descriptors[0]) as link:
                pid = os.fork()
                if pid == 0:
                    control.close()
                    _become_worker(link, names, engine, hidden)
                workers.add(pid)
        elif message == LAZY:
            _import_lazy_modules(torch)
            names = prepare_memory()
            control.sendall(DONE)
        elif message == KILL:
            pid = int.from_bytes(control.recv(MESSAGE_BYTES), "big")
            if pid in workers:  # not reaped yet: no other process can have the id
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                workers.remove(pid)


def _end_with_the_grader(signal_number: int) -> None:
    if sys.platform == "linux":
        from autograd_grader.observe.child.confine.kernel import end_with_parent

        end_with_parent(signal_number)


def _import_lazy_modules(torch: object) -> None:
    """Import what torch puts off until an optimizer or `torch.func` is first used: over a second, for every child."""
    x = torch.tensor(1.5, requires_grad=True)  # type: ignore[attr-defined]
    torch.optim.SGD([x], lr=0.1).zero_grad()  # type: ignore[attr-defined]
    torch.func.jvp(lambda t: t**2, (x.detach(),), (x.detach(),))  # type: ignore[attr-defined]


def prepare_memory() -> dict[str, Names]:
    """Make the objects that exist now cheap to inherit, and give what names refer to."""
    from autograd_grader.observe.child.process_state import remember_names

    names = remember_names()
    # Each child's collector would otherwise touch all of them, and so copy their pages.
    gc.freeze()
    if sys.platform == "linux":
        from autograd_grader.observe.child.confine.kernel import use_small_pages

        # Large pages are for what is inherited: they would slow down the allocation of a student's gigabyte.
        use_small_pages()
    return names


def _become_worker(link: socket.socket, names: dict[str, Names], engine: BendingEngine, hidden: list[str]) -> NoReturn:
    """Serve `link` as a worker, and end with it."""
    from autograd_grader.observe.host.worker_main import serve

    code = 1
    try:
        serve(link, names, engine, hidden)
        code = 0
    except BaseException:  # noqa: BLE001 - the end of this process; the grader quotes the last line of its errors
        traceback.print_exc()
    finally:
        os._exit(code)
