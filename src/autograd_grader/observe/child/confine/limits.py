"""The limits that a child puts on itself before it loads student code (layer 2 of the sandbox)."""

from __future__ import annotations

import mmap
import os
from pathlib import Path

from autograd_grader.observe.child.record.output import MAX_OUTPUT

MEMORY_HEADROOM = 1 << 30
"""Bytes of address space a child may take beyond what the warm process has: torch maps lazily, students need little."""
MAX_DESCRIPTORS = 64


def apply_limits(cpu_seconds: int, address_space: int) -> None:
    """Bound CPU time, memory, file size and descriptors of this process, as far as the system can.

    `address_space` are the bytes of it that the process starts with, 0 where that is not known.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    wanted = {
        "RLIMIT_CPU": cpu_seconds,
        "RLIMIT_FSIZE": MAX_OUTPUT,
        "RLIMIT_NOFILE": MAX_DESCRIPTORS,
        "RLIMIT_CORE": 0,
    }
    if address_space:
        wanted["RLIMIT_AS"] = address_space + MEMORY_HEADROOM
    for name, value in wanted.items():
        limit = getattr(resource, name)
        _, hard = resource.getrlimit(limit)
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (ceiling, ceiling))


def much_memory_is_held() -> bool:
    """Whether over a quarter of the headroom is taken: tried, since a locked-in child can't read its own size."""
    try:
        mmap.mmap(-1, MEMORY_HEADROOM - MEMORY_HEADROOM // 4).close()
    except (OSError, ValueError):
        return True
    return False


def address_space() -> int:
    """The bytes of address space this process has now; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
