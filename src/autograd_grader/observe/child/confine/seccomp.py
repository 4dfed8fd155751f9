"""Which system calls a child may make (seccomp): a list of what is allowed, all else is `EPERM`.

`EPERM`, and no kill, so that an honest odd call becomes a `PermissionError` which the student reads about. What comes
through another calling convention (32-bit programs on a 64-bit machine) ends the process: it has no honest use.

Through seccompy, which needs no library of the system; `pyseccomp` has seen no release since 2021 and needs
libseccomp. `clone3` answers `ENOSYS`: its flags lie in memory, where no filter can look, and libc falls back to
`clone`, whose flags can be looked at.
"""

from __future__ import annotations

import contextlib
import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import seccompy

# The most frequent first: on old kernels the list is walked at every call.
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


def compiled() -> seccompy.Filter:
    """The filter, ready to load; its program is worked out here, once, and not in each child."""
    import seccompy

    # Asked here, and not only because the answer matters: seccompy looks for libc at its first call, by starting
    # programs, which takes each child many milliseconds and which a locked-in one may not do.
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
    for name in ("kill", "tgkill"):  # `own_signals_only` says to whom
        wanted.allow(name)
    assert wanted.program  # noqa: S101 - compiled now
    return wanted


def own_signals_only(pid: int) -> seccompy.Filter:
    """A second, small filter: signals go to this very process (`abort` and `raise_signal` send them) and no other.

    Apart from the first one, because the number is known in the child alone and the first takes long to work out.
    """
    import seccompy

    mine = seccompy.Filter()
    for name in ("kill", "tgkill"):
        mine.allow(name, args=[(0, _MASKED_EQUAL, pid, _LOW)])
        mine.errno(name, errno.EPERM)
    return mine
