"""Layer: namespaces around the fork server and its workers. bubblewrap makes them as the server starts (`host`)."""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograd_grader.observe.child.confine.layer import Layer, Probe, Trial
from autograd_grader.observe.child.confine.scratch import MAX_BYTES

_PIECE_BYTES = 1 << 20


class Namespaces(Layer):
    """No other process, no network and no other files are there at all; no other layer needs this one."""

    name = "namespaces"
    title = "namespaces by bubblewrap"
    advice = (
        "Linux alone has it, bubblewrap has to be installed, and most containers allow none; no other layer needs it"
    )
    required = False
    refusals = frozenset({errno.ENOENT, errno.ESRCH, errno.ECONNREFUSED, errno.ENOSPC})
    tried_first = True

    def trials(self, probe: Probe) -> Iterator[Trial]:
        """Look for the machine outside; nothing where the worker is in no namespaces."""
        if probe.server is None:
            return
        for path in probe.forbidden:
            yield Trial(f"find {Path(path).name}", functools.partial(os.stat, path))
        yield Trial("find a process of this machine", _find_process)
        yield Trial("find a network card", _find_network)
        yield Trial("reach a server of this machine", functools.partial(_connect, probe.server))
        yield Trial("fill more than its own space", _fill_space)


def _find_process() -> None:
    # Processes that hold torch all have the command line of the first of them; number 1 is bubblewrap's.
    own = Path("/proc/self/cmdline").read_bytes()
    others = [p for p in Path("/proc").iterdir() if p.name.isdecimal() and p.name != "1"]
    if all(path.joinpath("cmdline").read_bytes() == own for path in others):
        raise ProcessLookupError(errno.ESRCH, "none but its own")


def _find_network() -> None:
    if not {name for _, name in socket.if_nameindex()} - {"lo"}:
        raise FileNotFoundError(errno.ENOENT, "none but its own")


def _connect(server: str) -> None:
    with socket.socket(socket.AF_UNIX) as link:
        link.connect(server)


def _fill_space() -> None:
    with contextlib.ExitStack() as files:
        for _ in range(2 * MAX_BYTES // _PIECE_BYTES):
            os.posix_fallocate(files.enter_context(tempfile.TemporaryFile()).fileno(), 0, _PIECE_BYTES)
