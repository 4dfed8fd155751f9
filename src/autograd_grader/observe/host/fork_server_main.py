"""Imports torch once for a whole batch, and forks warm processes: each inherits torch, and forks children in its turn.

It reads three kinds of message on its control socket. `fork` comes with a descriptor, the control socket of the warm
process to be made. `more` imports what torch puts off, and is answered when that is done. `end.` comes with the number
of a warm process that is to be no more. When the control socket closes, so does this process.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import traceback
from typing import TYPE_CHECKING, NoReturn

from autograd_grader.observe.child.name_table import Names

if TYPE_CHECKING:
    from autograd_grader.observe.child.record.engine import BendingEngine

MESSAGE_BYTES = 4
FORK, MORE, END = b"fork", b"more", b"end."
DONE = b"done"


def main() -> None:
    """Serve the control socket whose descriptor is the first argument, until it closes."""
    os.environ.clear()  # what was said to libc is said
    # Torch's compiler makes a folder when it is imported, by an optimizer say: here is one.
    os.environ["TORCHINDUCTOR_CACHE_DIR"] = os.getcwd()  # noqa: PTH109 - a plain text
    # Until torch is imported nobody here listens: a killed batch would leave this process for seconds.
    _end_with_the_grader(signal.SIGKILL)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # the others would spin for a tenth of a second, and end at the fork
    gc.disable()  # an import makes no garbage worth a fifth of its time
    import torch

    del os.environ["OPENBLAS_NUM_THREADS"]

    # Not at the top: they import torch, too, before the lines above have had their say.
    from autograd_grader.observe.child.record import engine as engines
    from autograd_grader.observe.child.warm_up import rehearse
    from autograd_grader.observe.host import worker_main as warm  # noqa: F401 - for those that are forked from here

    control = socket.socket(fileno=int(sys.argv[1]))
    torch.set_num_threads(1)
    # The runner is loaded: nobody needs the way to it any more, and no student's `import` shall find the program.
    sys.path[:] = [entry for entry in sys.path if entry not in sys.argv[2:3] or os.path.isdir(f"{entry}/torch")]  # noqa: PTH112
    engine = engines.install()
    rehearse(engine)
    names = _settled()
    gc.enable()
    _end_with_the_grader(0)  # from here on, the closing of the control socket ends it
    children: set[int] = set()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, MESSAGE_BYTES, 1)
        if not message:
            return
        if message == FORK:
            with socket.socket(fileno=descriptors[0]) as link:
                child = os.fork()
                if child == 0:
                    _become_warm(control, link, names, engine)
                children.add(child)
        elif message == MORE:
            _import_what_is_put_off(torch)
            names = _settled()
            control.sendall(DONE)
        elif message == END:
            number = int.from_bytes(control.recv(MESSAGE_BYTES), "big")
            if number in children:  # not reaped yet: no other process can bear the number
                os.kill(number, signal.SIGKILL)
                os.waitpid(number, 0)
                children.remove(number)


def _end_with_the_grader(signal_number: int) -> None:
    if sys.platform == "linux":
        from autograd_grader.observe.child.confine.kernel import end_with_parent

        end_with_parent(signal_number)


def _import_what_is_put_off(torch: object) -> None:
    """Import what torch puts off until an optimizer or `torch.func` is first used: over a second, for every child."""
    x = torch.tensor(1.5, requires_grad=True)  # type: ignore[attr-defined]
    torch.optim.SGD([x], lr=0.1).zero_grad()  # type: ignore[attr-defined]
    torch.func.jvp(lambda t: 7 * t**2, (x.detach(),), (x.detach(),))  # type: ignore[attr-defined]


def _settled() -> dict[str, Names]:
    """Make what is alive now cheap to inherit, and give what its names stand for."""
    from autograd_grader.observe.child.process_state import remember_names

    names = remember_names()
    # Out of the collector's sight: each child's would touch, and copy, it all.
    gc.freeze()
    if sys.platform == "linux":
        from autograd_grader.observe.child.confine.kernel import take_no_more_large_pages

        # They are for what is inherited: a student's gigabyte would be slow to come by in them.
        take_no_more_large_pages()
    return names


def _become_warm(
    control: socket.socket, link: socket.socket, names: dict[str, Names], engine: BendingEngine
) -> NoReturn:
    """Serve `link` as a warm process, and end with it."""
    from autograd_grader.observe.host.worker_main import serve

    code = 1
    try:
        control.close()
        serve(link, names, engine)
        code = 0
    except BaseException:  # noqa: BLE001 - the end of this process, told where the grader looks for its last words
        traceback.print_exc()
    finally:
        os._exit(code)
