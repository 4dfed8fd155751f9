"""Layer: limits on processor time, memory, file size, descriptors and threads."""

from __future__ import annotations

import _thread
import mmap
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograd_grader.observe.child.confine.layer import Layer, Preparation, Probe, Trial, refuse
from autograd_grader.observe.child.record.output import MAX_OUTPUT

MEMORY_HEADROOM = 1 << 30
"""Bytes of address space a child may take beyond what its worker has: torch maps lazily, students need little."""
MAX_DESCRIPTORS = 64
MAX_THREADS = 64
_TRIED_MEMORY = 4 << 30
_TRIED_FILE = 64 << 20
_TRIED_DESCRIPTORS = 1000
_TRIED_THREADS = 2000


class Limits(Layer):
    """Limits that the kernel keeps for one process, as far as the system has them."""

    name = "limits"
    title = "limits on time, memory and files"
    advice = "use Linux: other systems have fewer limits"

    def prepare(self, preparation: Preparation) -> None:
        """Measure what a child inherits: it can't read its own size once it is confined."""
        self._address_space = _address_space()
        self._counts_threads = preparation.counts_threads
        try:
            import resource  # noqa: F401 - so that no child has to, for a millisecond
        except ImportError:  # Windows has no such limits
            return

    def apply(self, cpu_seconds: int) -> None:
        """Set the limits; a lower one that this process already has is kept."""
        try:
            import resource
        except ImportError:
            return
        wanted = {
            "RLIMIT_CPU": cpu_seconds,
            "RLIMIT_FSIZE": MAX_OUTPUT,
            "RLIMIT_NOFILE": MAX_DESCRIPTORS,
            "RLIMIT_CORE": 0,
        }
        if self._address_space:
            wanted["RLIMIT_AS"] = self._address_space + MEMORY_HEADROOM
        if self._counts_threads:
            wanted["RLIMIT_NPROC"] = MAX_THREADS
        for name, value in wanted.items():
            limit = getattr(resource, name)
            _, hard = resource.getrlimit(limit)
            ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(limit, (ceiling, ceiling))

    def trials(self, probe: Probe) -> Iterator[Trial]:  # noqa: ARG002 - as declared
        """Take more than a child may."""
        yield Trial("take 4 GiB of memory", lambda: mmap.mmap(-1, _TRIED_MEMORY).close())
        yield Trial("write a file of 64 MiB", _write_much)
        yield Trial("open 1000 files", _open_many)
        yield Trial("leave a core dump", lambda: _limit("RLIMIT_CORE"))
        yield Trial("compute for ever", lambda: _limit("RLIMIT_CPU"))
        if sys.platform == "linux":
            yield Trial(f"start {_TRIED_THREADS} threads", _start_threads)


def much_memory_is_held() -> bool:
    """Whether over a quarter of the headroom is taken: tried, since a confined child can't read its own size."""
    try:
        mmap.mmap(-1, MEMORY_HEADROOM - MEMORY_HEADROOM // 4).close()
    except (OSError, ValueError):
        return True
    return False


def _address_space() -> int:
    """The bytes of address space this process has now; 0 where that is not known."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _write_much() -> None:
    with tempfile.TemporaryFile() as file:
        file.truncate(_TRIED_FILE)


def _open_many() -> None:
    opened: list[int] = []
    try:
        for _ in range(_TRIED_DESCRIPTORS):
            opened.append(os.dup(0))  # noqa: PERF401 - those before the refusal have to be closed
    finally:
        for number in opened:
            os.close(number)


def _limit(name: str) -> None:
    """Refused where a finite limit is set."""
    try:
        import resource
    except ImportError:
        return
    if resource.getrlimit(getattr(resource, name))[1] != resource.RLIM_INFINITY:
        refuse()


def _start_threads() -> None:
    done = _thread.allocate_lock()
    done.acquire()
    _thread.stack_size(64 << 10)
    try:
        for _ in range(_TRIED_THREADS):
            # Not `threading`: it waits until each has started, which one without memory never does.
            _thread.start_new_thread(done.acquire, (True, 1.0))
    finally:
        _thread.stack_size(0)
