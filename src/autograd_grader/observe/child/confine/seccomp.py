"""Layer: the system calls that a child may make (seccomp), a list of what is allowed; all others fail with `EPERM`.

They fail and don't end the process, so that an odd but honest call becomes a `PermissionError` that the student reads
about. A call through another calling convention (of 32-bit programs on a 64-bit machine) ends the process: it has no
honest use.

Through seccompy, which needs no library of the system; `pyseccomp` has seen no release since 2021 and needs
libseccomp. `clone3` answers `ENOSYS`: its flags lie in memory, where no filter can look, and libc falls back to
`clone`, whose flags can be looked at.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import socket
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from autograd_grader.observe.child.confine import kernel
from autograd_grader.observe.child.confine.layer import Layer, Preparation, Probe, Trial

if TYPE_CHECKING:
    import seccompy

# The most frequent first: old kernels search the list at every call.
_ALLOWED = """
    futex read write mmap munmap brk mprotect madvise mremap clock_gettime gettimeofday time getrandom
    close lseek fstat newfstatat stat lstat statx access faccessat faccessat2 open openat creat
    readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 readlink readlinkat getdents getdents64
    ftruncate truncate fallocate fsync fdatasync sync_file_range fadvise64 readahead sendfile copy_file_range
    flock unlink unlinkat rename renameat getcwd chdir fchdir umask statfs fstatfs
    dup dup2 dup3 pipe pipe2 close_range select pselect6 poll ppoll
    epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2
    clock_getres clock_nanosleep nanosleep times getitimer setitimer alarm
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait sigaltstack pause
    restart_syscall
    getpid gettid getppid getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp getpgid getsid
    uname sysinfo getrusage getrlimit getcpu capget getpriority
    sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min
    set_robust_list get_robust_list set_tid_address rseq membarrier mincore msync get_mempolicy
    futex_waitv futex_wake futex_wait futex_requeue
    wait4 waitid exit exit_group
""".split()  # noqa: SIM905 - as words they can be read and ordered

# Locks and flags of the process's own descriptors. Left out are those by which a descriptor sends signals to another
# process (F_SETOWN, F_SETSIG), makes a pipe hold more memory (F_SETPIPE_SZ), or hinders other processes (F_SETLEASE).
_FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032)
_IOCTL = {"TCGETS": 0x5401, "TIOCGWINSZ": 0x5413, "FIONREAD": 0x541B, "FIONBIO": 0x5421, "FIOCLEX": 0x5451}
_PRCTL = {"PR_SET_NAME": 15, "PR_GET_NAME": 16, "PR_SET_VMA": 0x53564D41}

_RENAME_WHITEOUT = 4
_THREAD = 0x0001_0000
# Every flag that makes a namespace, and tracing: a thread needs none of them.
_NO_THREAD = 0x7E02_2000
_ALL = 0xFFFF_FFFF_FFFF_FFFF
_MASKED_EQUAL = 6
_LOW = 0xFFFF_FFFF


class Seccomp(Layer):
    """The kernel's filter of system calls."""

    name = "seccomp"
    title = "seccomp: system calls"
    advice = "use Linux on x86-64 or ARM64, a container that allows `seccomp`, and `pip install seccompy`"

    def prepare(self, preparation: Preparation) -> None:  # noqa: ARG002 - as declared
        """Compile the filter."""
        if sys.platform != "linux":
            message = "only Linux has it"
            raise OSError(message)
        self._filter = _compiled()

    def apply(self, cpu_seconds: int) -> None:  # noqa: ARG002 - as declared
        """Load the filters, the small one first: the other refuses the loading of filters."""
        _own_signals_only(os.getpid()).load()
        self._filter.load()

    def trials(self, probe: Probe) -> Iterator[Trial]:  # noqa: ARG002 - as declared
        """Make system calls that are not on the list."""
        if sys.platform == "linux":
            for what, attempt in _forbidden_calls().items():
                yield Trial(what, attempt)


def _compiled() -> seccompy.Filter:
    """The filter, ready to load; it is compiled here, once, and not in each child."""
    import seccompy

    # Asked here also since seccompy looks for libc at its first call, by starting programs: that would take each child
    # many milliseconds, and a confined one may start none.
    if not seccompy.supported():
        raise OSError(errno.ENOSYS, "this kernel, or the container it runs in, has no seccomp")
    wanted = seccompy.Filter(seccompy.Action.ERRNO | errno.EPERM)
    for name in _ALLOWED:
        with contextlib.suppress(ValueError):  # an old call that a newer architecture never had
            wanted.allow(name)
    for command in _FCNTL:
        wanted.allow("fcntl", args=[(1, _MASKED_EQUAL, command, _LOW)])
    for command in _IOCTL.values():
        wanted.allow("ioctl", args=[(1, _MASKED_EQUAL, command, _LOW)])
    for option in _PRCTL.values():
        wanted.allow("prctl", args=[(0, _MASKED_EQUAL, option, _LOW)])
    # With the flag left out, what is renamed leaves a device behind.
    wanted.allow("renameat2", args=[(4, _MASKED_EQUAL, 0, _RENAME_WHITEOUT)])
    wanted.allow("clone", args=[(0, _MASKED_EQUAL, _THREAD, _THREAD | _NO_THREAD)])
    wanted.errno("clone3", errno.ENOSYS)
    # Asking for one's own limits; setting them, or those of another process, is refused.
    wanted.allow("prlimit64", args=[(0, _MASKED_EQUAL, 0, _LOW), (2, _MASKED_EQUAL, 0, _ALL)])
    for name in ("kill", "tgkill"):  # `_own_signals_only` says to whom
        wanted.allow(name)
    assert wanted.program  # noqa: S101 - compiled now
    return wanted


def _own_signals_only(pid: int) -> seccompy.Filter:
    """A second, small filter: signals go to this very process (`abort` and `raise_signal` send them) and no other.

    Apart from the first one, since the process id is known in the child alone and the first takes long to compile.
    """
    import seccompy

    mine = seccompy.Filter()
    for name in ("kill", "tgkill"):
        mine.allow(name, args=[(0, _MASKED_EQUAL, pid, _LOW)])
        mine.errno(name, errno.EPERM)
    return mine


def _forbidden_calls() -> dict[str, Callable[[], object]]:
    parent, null = os.getppid(), ctypes.c_void_p(None)
    return {
        "open a socket to the network": lambda: socket.socket(socket.AF_INET),
        "open a socket on this machine": lambda: socket.socket(socket.AF_UNIX),
        "open a socket to the kernel": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
        "make a pair of sockets": socket.socketpair,
        "start a process": _fork,
        "start a program": lambda: os.execv("/none", ["/none"]),  # noqa: S606 - not found where it is not refused
        "signal its parent": lambda: os.kill(parent, 0),
        "signal everybody": lambda: os.kill(-1, 0),
        "have a descriptor signal its parent": lambda: kernel.call("fcntl", 0, 8, parent),
        "trace a process": lambda: kernel.call("ptrace", 0x4206, parent, 0, 0),
        "read its parent's memory": lambda: kernel.call("process_vm_readv", parent, null, 0, null, 0, 0),
        "change its parent's limits": lambda: __import__("resource").prlimit(parent, 7),
        "change its parent's priority": lambda: os.setpriority(os.PRIO_PROCESS, parent, 0),
        "change its parent's processors": lambda: os.sched_setaffinity(parent, os.sched_getaffinity(parent)),
        "make a file in memory": lambda: os.memfd_create("x"),
        "share memory with other processes": lambda: _remove("shmctl", kernel.call("shmget", 0, 4096, 0o1600)),
        "open a message queue": lambda: _remove("msgctl", kernel.call("msgget", 0, 0o1600)),
        "use a keyring": lambda: kernel.call("syscall", _number("keyctl"), 0, -1, 0, 0, 0),
        "use io_uring": lambda: kernel.call("syscall", _number("io_uring_setup"), 1, ctypes.create_string_buffer(120)),
        "load a program into the kernel": lambda: kernel.call("syscall", _number("bpf"), 0, null, 0),
        "handle page faults": lambda: kernel.call("syscall", _number("userfaultfd"), 0),
        "mount a file system": lambda: kernel.call("mount", b"tmpfs", b"/", b"tmpfs", ctypes.c_ulong(0x1000), null),
        "change a file's mode": lambda: os.chmod(".", 0o700),  # noqa: PTH101 - the call itself is tried
        "change a file's times": lambda: os.utime("."),
        "set an attribute of a file": lambda: os.setxattr(".", "user.x", b""),
        "link a file": lambda: os.symlink("x", "y"),  # noqa: PTH211 - as above
        # The last one: where it gets through, the process has every capability in there.
        "make a namespace": lambda: kernel.call("unshare", 0x1000_0000),
    }


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _remove(control: str, made: int) -> None:
    """Remove what was made where nothing refused it: the kernel would keep it when this process has ended."""
    kernel.call(control, made, 0, ctypes.c_void_p(None))


def _number(call: str) -> int:
    import seccompy

    return seccompy.syscall_nr(call)
