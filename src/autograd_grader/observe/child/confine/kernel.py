"""The few calls to the Linux kernel that Python 3.11 does not make itself.

`os.unshare` comes with Python 3.12; `pyprctl` and `python-prctl` have seen no release since 2021; nobody wraps
`mount` and `capset` alone. Nothing here is called on other systems.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
from collections.abc import Collection
from typing import Any

CAP_DAC_READ_SEARCH = 2
CAP_KILL = 5
CAP_SETGID = 6
CAP_SETUID = 7
CAP_SYS_ADMIN = 21
CLONE_NEWNS = 0x0002_0000
CLONE_NEWUSER = 0x1000_0000
_CAPABILITY_VERSION_3 = 0x2008_0522
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REC, _MS_PRIVATE = 2, 4, 8, 1 << 14, 1 << 18
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_KEEPCAPS, _PR_SET_NO_NEW_PRIVS, _PR_SET_THP_DISABLE = 1, 4, 8, 38, 41


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilityData(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


@functools.cache
def libc() -> Any:
    """The C library that this process has loaded already."""
    return ctypes.CDLL(None, use_errno=True)


def call(name: str, *args: Any) -> int:
    """Call a function of the C library, and give its result; raises `OSError` where that is -1."""
    result: int = getattr(libc(), name)(*args)
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Leave namespaces that are shared with the parent; raises `OSError` where that is not allowed."""
    call("unshare", flags)


def mount_tmpfs(folder: str, options: str) -> None:
    """Mount a fresh file system in memory on `folder`, in this mount namespace alone."""
    call("mount", None, b"/", None, ctypes.c_ulong(_MS_REC | _MS_PRIVATE), None)
    flags = ctypes.c_ulong(_MS_NOSUID | _MS_NODEV | _MS_NOEXEC)
    call("mount", b"tmpfs", os.fsencode(folder), b"tmpfs", flags, options.encode("ascii"))


def end_with_parent(signal_number: int) -> None:
    """Have the kernel send this process a signal when its parent ends."""
    _prctl(_PR_SET_PDEATHSIG, signal_number)


def hide_memory() -> None:
    """Keep processes of the same user from reading or tracing this one."""
    _prctl(_PR_SET_DUMPABLE, 0)


def keep_capabilities_when_the_user_changes() -> None:
    """Without this the kernel drops them all when the user is no longer root."""
    _prctl(_PR_SET_KEEPCAPS, 1)


def never_gain_privileges() -> None:
    """No program that this process or its children start can give them more rights."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def use_small_pages() -> None:
    """Allocate new memory of this process and its children in pages of 4 KiB; what lies in large ones stays there."""
    with contextlib.suppress(OSError):  # a system that does not know this option has no large pages
        _prctl(_PR_SET_THP_DISABLE, 1)


def set_capabilities(kept: Collection[int]) -> None:
    """Give up every capability but those in `kept`, for good unless the user id is still 0."""
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    bits = sum(1 << number for number in kept)
    data = (_CapabilityData * 2)(_CapabilityData(bits, bits, 0), _CapabilityData(0, 0, 0))
    call("capset", ctypes.byref(header), ctypes.byref(data))


def capabilities() -> int:
    """The effective capabilities of this process as a bit mask."""
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    data = (_CapabilityData * 2)()
    call("capget", ctypes.byref(header), ctypes.byref(data))
    return int(data[0].effective)


def _prctl(option: int, value: int) -> None:
    call("prctl", option, ctypes.c_ulong(value), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0))
