"""Tries, in a locked-in child, what a child must not be able to do: what a layer promises is tried, not looked up.

Nothing here does harm where it gets through: signals are number 0, limits are only asked for, files are empty.
"""

from __future__ import annotations

import _thread
import contextlib
import ctypes
import errno
import functools
import mmap
import os
import socket
import sys
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograd_grader.observe.child.confine.scratch import MAX_BYTES

LANDLOCK, SECCOMP, USER, LIMITS, PROCESS = "landlock", "seccomp", "user", "limits", "process"
NAMESPACES = "namespaces"
_KNOWN_VARIABLES = {"LC_CTYPE", "TORCHINDUCTOR_CACHE_DIR"}  # Python and torch set them themselves
_DESCRIPTORS = 5
"""Standard input, output and error, the copy that output is read back through, and the pipe to the grader."""
_REFUSALS = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOMEM, errno.EMFILE, errno.EFBIG, errno.EAGAIN}
_ABSENT = {errno.ENOENT, errno.ESRCH, errno.ECONNREFUSED, errno.ENOSPC}
_FILE_BYTES = 64 << 20
_PIECE_BYTES = 1 << 20
_MEMORY_BYTES = 4 << 30
_THREADS = 2000


@dataclass(frozen=True)
class Trial:
    """One forbidden thing: the layer that refuses it, and what to call it. `attempt` raises `OSError` if refused."""

    layer: str
    what: str
    attempt: Callable[[], object]


def results(secrets: Collection[str]) -> list[dict[str, Any]]:
    """What came of each trial: its layer, its words, and whether it was refused; `secrets` are files to try to read."""
    trials = [*_common(secrets), *(_linux() if sys.platform == "linux" else ())]
    return [_tried(trial, _REFUSALS) for trial in trials]


def namespace_results(secrets: Collection[str], server: str) -> list[dict[str, Any]]:
    """As `results`, for namespaces alone: to be asked for before the other layers are there, which hide the same.

    `server` is the abstract address of a socket that the grader listens at.
    """
    trials = [
        *(Trial(NAMESPACES, f"find {Path(path).name}", functools.partial(os.stat, path)) for path in secrets),
        Trial(NAMESPACES, "find a process of this machine", _find_process),
        Trial(NAMESPACES, "find a network card", _find_network),
        Trial(NAMESPACES, "reach a server of this machine", functools.partial(_connect, server)),
        Trial(NAMESPACES, "fill more than its own space", _fill_space),
    ]
    return [_tried(trial, _ABSENT) for trial in trials]


def _tried(trial: Trial, refusals: Collection[int]) -> dict[str, Any]:
    return {"layer": trial.layer, "what": trial.what, "refused": _is_refused(trial.attempt, refusals)}


def _is_refused(attempt: Callable[[], object], refusals: Collection[int]) -> bool:
    try:
        attempt()
    except (MemoryError, RuntimeError):  # Python's words for no memory and no more threads
        return True
    except OSError as error:
        # Anything else, a bad address say, means that the call was let in and looked at its arguments.
        return error.errno in refusals
    return False


def _common(secrets: Collection[str]) -> list[Trial]:
    parent = os.getppid()
    return [
        Trial(PROCESS, "find an environment variable", _find_variable),
        Trial(PROCESS, "find an open descriptor", _find_descriptor),
        Trial(LIMITS, "take 4 GiB of memory", lambda: mmap.mmap(-1, _MEMORY_BYTES).close()),
        Trial(LIMITS, "write a file of 64 MiB", _write_much),
        Trial(LIMITS, "open 1000 files", _open_many),
        Trial(LIMITS, "leave a core dump", lambda: _limit("RLIMIT_CORE")),
        Trial(LIMITS, "compute for ever", lambda: _limit("RLIMIT_CPU")),
        Trial(LANDLOCK, "read the program", lambda: _read(__file__)),
        # One that is not there, since a namespace hides it, can't show what Landlock refuses.
        *(Trial(LANDLOCK, f"read {path}", functools.partial(_read, path)) for path in secrets if Path(path).exists()),
        Trial(LANDLOCK, "read the grader's memory", lambda: _read(f"/proc/{parent}/maps")),
        Trial(LANDLOCK, "list the root folder", lambda: os.listdir("/")),  # noqa: PTH208 - raised at once
        Trial(LANDLOCK, "write outside its folder", lambda: tempfile.TemporaryFile(dir="/tmp").close()),
        Trial(LANDLOCK, "make a folder", lambda: Path("folder").mkdir()),
        Trial(USER, "be root", lambda: None if os.getuid() == 0 else _refuse()),
    ]


def _linux() -> list[Trial]:
    parent, null = os.getppid(), ctypes.c_void_p(None)
    calls: dict[str, Callable[[], object]] = {
        "open a socket to the network": lambda: socket.socket(socket.AF_INET),
        "open a socket on this machine": lambda: socket.socket(socket.AF_UNIX),
        "open a socket to the kernel": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
        "make a pair of sockets": socket.socketpair,
        "start a process": _fork,
        "start a program": lambda: os.execv("/none", ["/none"]),  # noqa: S606 - not found where it is not refused
        "signal its parent": lambda: os.kill(parent, 0),
        "signal everybody": lambda: os.kill(-1, 0),
        "have a descriptor signal its parent": lambda: _libc("fcntl", 0, 8, parent),
        "trace a process": lambda: _libc("ptrace", 0x4206, parent, 0, 0),
        "read its parent's memory": lambda: _libc("process_vm_readv", parent, null, 0, null, 0, 0),
        "change its parent's limits": lambda: __import__("resource").prlimit(parent, 7),
        "change its parent's priority": lambda: os.setpriority(os.PRIO_PROCESS, parent, 0),
        "change its parent's processors": lambda: os.sched_setaffinity(parent, os.sched_getaffinity(parent)),
        "make a file in memory": lambda: os.memfd_create("x"),
        "share memory with other processes": lambda: _remove("shmctl", _libc("shmget", 0, 4096, 0o1600), 0, null),
        "open a message queue": lambda: _remove("msgctl", _libc("msgget", 0, 0o1600), 0, null),
        "use a keyring": lambda: _libc("syscall", _number("keyctl"), 0, -1, 0, 0, 0),
        "use io_uring": lambda: _libc("syscall", _number("io_uring_setup"), 1, ctypes.create_string_buffer(120)),
        "load a program into the kernel": lambda: _libc("syscall", _number("bpf"), 0, null, 0),
        "handle page faults": lambda: _libc("syscall", _number("userfaultfd"), 0),
        "mount a file system": lambda: _libc("mount", b"tmpfs", b"/", b"tmpfs", ctypes.c_ulong(0x1000), null),
        "change a file's mode": lambda: os.chmod(".", 0o700),  # noqa: PTH101 - the call itself is tried
        "change a file's times": lambda: os.utime("."),
        "set an attribute of a file": lambda: os.setxattr(".", "user.x", b""),
        "link a file": lambda: os.symlink("x", "y"),  # noqa: PTH211 - as above
        # The last one: where it gets through, the process has every capability in there.
        "make a namespace": lambda: _libc("unshare", 0x1000_0000),
    }
    return [
        Trial(USER, "hold a capability", _hold_capability),
        *(Trial(SECCOMP, what, attempt) for what, attempt in calls.items()),
        Trial(LIMITS, f"start {_THREADS} threads", _start_threads),
    ]


def _refuse() -> None:
    raise OSError(errno.EPERM, "refused")


def _find_process() -> None:
    # Processes that hold torch all bear the command line of the first of them; number 1 is bubblewrap's.
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


def _read(path: str) -> None:
    with open(path, "rb") as file:  # noqa: PTH123 - the call itself is tried
        file.read(1)


def _find_variable() -> None:
    if set(os.environ) <= _KNOWN_VARIABLES:
        _refuse()


def _find_descriptor() -> None:
    found = 0
    for number in range(1024):
        try:
            os.fstat(number)
        except OSError:
            continue
        found += 1
    if found <= _DESCRIPTORS:
        _refuse()


def _write_much() -> None:
    with tempfile.TemporaryFile() as file:
        file.truncate(_FILE_BYTES)


def _open_many() -> None:
    opened: list[int] = []
    try:
        for _ in range(1000):
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
        _refuse()


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _start_threads() -> None:
    done = _thread.allocate_lock()
    done.acquire()
    _thread.stack_size(64 << 10)
    try:
        for _ in range(_THREADS):
            # Not `threading`: it waits for each to say that it runs, which one without memory never does.
            _thread.start_new_thread(done.acquire, (True, 1.0))
    finally:
        _thread.stack_size(0)


def _hold_capability() -> None:
    from autograd_grader.observe.child.confine import kernel

    # To read files whatever their mode is kept where the Python that runs lies in a folder of root's: see `identity`.
    if kernel.capabilities() & ~(1 << kernel.CAP_DAC_READ_SEARCH) == 0:
        _refuse()


def _libc(name: str, *args: Any) -> int:
    library = ctypes.CDLL(None, use_errno=True)
    result: int = getattr(library, name)(*args)
    if result == -1:
        raise OSError(ctypes.get_errno(), name)
    return result


def _remove(control: str, made: int, *args: Any) -> None:
    """Take away what was made where nothing refused it: it would outlive this process."""
    _libc(control, made, *args)


def _number(call: str) -> int:
    import seccompy

    return seccompy.syscall_nr(call)
