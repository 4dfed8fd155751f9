"""What student code must not do to this machine, to the grader, or to anybody's time."""

from __future__ import annotations

import contextlib
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .attack import Outcome, outcomes_of_attempts

if TYPE_CHECKING:
    from autograd_grader.observe.host.worker import Worker

    from .attack import Attack

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's layers are Linux's")

# What each would do if it were let through is bounded: a child that is made ends at once, files are named here.
REFUSED = {
    "fork": "made(libc.fork())",
    "vfork": "made(libc.syscall(NUMBER['vfork']))",
    "a process by clone": "made(libc.syscall(NUMBER['clone'], 17, 0, 0, 0, 0))",
    "a process by clone that says it is a thread's": "made(libc.syscall(NUMBER['clone'], 0x10000011, 0, 0, 0, 0))",
    "a process by clone3": "made(libc.syscall(NUMBER['clone3'], ctypes.create_string_buffer(88), 88))",
    "a program": "made(libc.execv(b'/bin/true', None))",
    "a program by its descriptor": "made(libc.syscall(NUMBER['execveat'], 0, b'', None, None, 0x1000))",
    "a program by posix_spawn": (
        "unless(libc.posix_spawn(bytes(8), b'/bin/true', None, None, (ctypes.c_char_p * 2)(b'true'), None))"
    ),
    "a device left by a renamed file": (
        "made(libc.syscall(NUMBER['renameat2'], -100, os.fsencode(open('white', 'w').name), -100, b'moved', 4))"
    ),
    "a shell": "unless(libc.system(b'true') and 1)",
    "a signal to its parent": "made(libc.kill(os.getppid(), 9))",
    "a signal to everybody": "made(libc.kill(-1, 9))",
    "a signal to its group": "made(libc.kill(0, 9))",
    "a signal to the first process": "made(libc.kill(1, 9))",
    "a signal to a thread": "made(libc.syscall(NUMBER['tkill'], os.getppid(), 9))",
    "a signal to a thread of a group": "made(libc.syscall(NUMBER['tgkill'], os.getppid(), os.getppid(), 9))",
    "a queued signal": "made(libc.sigqueue(os.getppid(), 9, None))",
    "a signal by a descriptor of a process": "made(libc.syscall(NUMBER['pidfd_send_signal'], 0, 9, None, 0))",
    "a descriptor of a process": "made(libc.syscall(NUMBER['pidfd_open'], os.getppid(), 0))",
    "a descriptor that signals its parent": "made(libc.fcntl(0, 8, os.getppid()))",
    "a pipe of a gigabyte": "made(libc.fcntl(os.pipe()[0], 1031, 1 << 30))",
    "tracing its parent": "made(libc.ptrace(16, os.getppid(), 0, 0))",
    "being traced": "made(libc.ptrace(0, 0, 0, 0))",
    "writing its parent's memory": "made(libc.process_vm_writev(os.getppid(), None, 0, None, 0, 0))",
    "its parent's limits": "made(libc.prlimit(os.getppid(), 7, b'0' * 16, None))",
    "its own limits": "made(libc.setrlimit(9, b'\\xff' * 16))",
    "its parent's processors": "made(libc.sched_setaffinity(os.getppid(), 8, b'1' * 8))",
    "its own processors": "made(libc.sched_setaffinity(0, 8, b'1' * 8))",
    "its parent's priority": "made(libc.setpriority(0, os.getppid(), 19))",
    "its own priority": "made(libc.setpriority(0, 0, -20))",
    "real time": "made(libc.sched_setscheduler(0, 1, b'\\x01\\0\\0\\0'))",
    "its parent's turn to read and write": "made(libc.syscall(NUMBER['ioprio_set'], 1, os.getppid(), 0x6000))",
    "a namespace": "made(libc.unshare(0x10000000))",
    "another's namespace": "made(libc.setns(0, 0))",
    "a process in a namespace of its own": "made(libc.syscall(NUMBER['clone'], 0x10000000 | 17, 0, 0, 0, 0))",
    "a mount": "made(libc.mount(b'x', b'/tmp', b'tmpfs', 0, None))",
    "an unmount": "made(libc.umount2(b'.', 2))",
    "another root folder": "made(libc.chroot(b'.'))",
    "root's rights": "made(libc.setresuid(0, 0, 0))",
    "root's group": "made(libc.setgroups(1, b'\\0' * 4))",
    "capabilities": "made(libc.capset(b'\\x22\\x05\\x08\\x20\\0\\0\\0\\0', b'\\xff' * 24))",
    "its lock undone": "made(libc.prctl(38, 0, 0, 0, 0))",
    "a filter of its own": "made(libc.prctl(22, 2, None))",
    "its memory laid open": "made(libc.prctl(4, 1, 0, 0, 0))",
    "a life after its parent's": "made(libc.prctl(1, 0, 0, 0, 0))",
    "a group of processes of its own": "made(libc.setsid())",
    "a file's mode": "made(libc.chmod(b'.', 0o777))",
    "a file's owner": "made(libc.chown(b'.', 0, 0))",
    "a file's times": "made(libc.utimensat(-100, b'.', None, 0))",
    "a file's attributes": "made(libc.setxattr(b'.', b'user.x', b'', 0, 0))",
    "a nameless file outside": "made(libc.open(b'/tmp', 0o20200002, 0o600))",
    "a link out of its folder": "made(libc.symlink(b'/etc', b'etc'))",
    "a hard link": "made(libc.link(VICTIM, VICTIM + b'.link'))",
    "folders in folders": "made(libc.mkdir(b'x', 0o700))",
    "a FIFO": "made(libc.mkfifo(b'x', 0o600))",
    "a device": "made(libc.mknod(b'x', 0o20600, 0x103))",
    "a file deleted": "made(libc.unlink(VICTIM))",
    "a file renamed": "made(libc.rename(VICTIM, VICTIM + b'.old'))",
    "a file emptied": "made(libc.truncate(VICTIM, 0))",
    "a file written": "made(libc.open(VICTIM, 1))",
    "a file beside it": "made(libc.open(VICTIM + b'.new', 0o101, 0o600))",
    "io_uring": "made(libc.syscall(NUMBER['io_uring_setup'], 1, ctypes.create_string_buffer(120)))",
    "a program in the kernel": "made(libc.syscall(NUMBER['bpf'], 0, None, 0))",
    "performance counters": "made(libc.syscall(NUMBER['perf_event_open'], bytes(128), 0, -1, -1, 0))",
    "page faults handled": "made(libc.syscall(NUMBER['userfaultfd'], 0))",
    "a module in the kernel": "made(libc.syscall(NUMBER['finit_module'], 0, b'', 0))",
    "another kernel": "made(libc.syscall(NUMBER['kexec_load'], 0, 0, None, 0))",
    "the clock": "made(libc.clock_settime(0, b'\\0' * 16))",
    "the machine's name": "made(libc.sethostname(b'x', 1))",
    "swap": "made(libc.swapoff(b'/none'))",
    "memory that stays": "made(libc.mlockall(3))",
}
# The same calls by the numbers of x86-64's second calling convention (x32): refused, or not known to this kernel.
X32 = {
    "x32: who it is": "made(libc.syscall(0x40000000 | 39))",
    "x32: a socket": "made(libc.syscall(0x40000000 | 41, 1, 1, 0))",
    "x32: fork": "made(libc.syscall(0x40000000 | 57))",
    "x32: a program": "made(libc.syscall(0x40000000 | 520, b'/bin/true', None, None))",
    "x32: a file outside": "made(libc.syscall(0x40000000 | 2, b'/etc/passwd', 0, 0))",
    "x32: tracing": "made(libc.syscall(0x40000000 | 521, 0, 0, 0, 0))",
    "x32: a signal to its parent": "made(libc.syscall(0x40000000 | 62, os.getppid(), 0))",
}
X86 = platform.machine() == "x86_64"
CALLS = REFUSED | (X32 if X86 else {})

_RETURNS = "\ndef single_variable(z0=5.0): return "
RUIN = {
    "an endless loop": ("while True: pass", "timed-out"),
    "an endless call in C": ("sum(iter(int, 1))", "timed-out"),
    "an endless power": ("9 ** 9 ** 9", "timed-out"),
    "an endless match": ("import re\nre.match('(a+)+$', 'a' * 64 + 'b')", "timed-out"),
    "an endless sleep": ("import time\ntime.sleep(1e9)", "timed-out"),
    "an endless wait for a lock": (
        "import threading\nx = threading.Lock()\nx.acquire()\nx.acquire()",
        "timed-out",
    ),
    "ignored signals": (
        """
import signal
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM): signal.signal(number, signal.SIG_IGN)
while True: pass
""",
        "timed-out",
    ),
    "an exception that is never let out": (
        """
while True:
    try: raise SystemExit
    except BaseException: pass
""",
        "timed-out",
    ),
    "a fork bomb": ("import os\nwhile True: os.fork()", "NotAllowedError"),
    "threads without end": (
        """
import threading, time
while True: threading.Thread(target=time.sleep, args=(9,)).start()
""",
        "RuntimeError",
    ),
    "memory in Python": ("x = []\nwhile True: x.append(bytearray(1 << 24))", "MemoryError timed-out"),
    "memory in torch": ("import torch\nx = []\nwhile True: x.append(torch.ones(1 << 24))", "RuntimeError timed-out"),
    "memory in NumPy": (
        "import numpy\nx = []\nwhile True: x.append(numpy.ones(1 << 22))",
        "_ArrayMemoryError MemoryError timed-out",
    ),
    "memory by mmap": ("import mmap\nx = []\nwhile True: x.append(mmap.mmap(-1, 1 << 28))", "OSError"),
    "memory in pipes": ("import os\nwhile True: os.write(os.pipe()[1], b'x' * 65536)", "OSError"),
    "a disk full of files": (
        """
number = 0
while True:
    open(str(number), "w").write("x" * 900_000)
    number += 1
""",
        "OSError",
    ),
    "empty files without end": (
        """
number = 0
while True:
    open(str(number), "w").close()
    number += 1
""",
        "OSError",
    ),
    "one large file": ("open('x', 'wb').truncate(1 << 30)", "OSError"),
    "descriptors": ("import os\nwhile True: os.dup(0)", "OSError"),
    "500 MB of output": ("import os\nfor _ in range(500): os.write(1, b'x' * (1 << 20))", "too-much-output"),
    "an exit": ("import os\nos._exit(0)", "crashed"),
    "an abort": ("import os\nos.abort()", "crashed"),
    "a segmentation fault": ("import ctypes\nctypes.string_at(0)", "crashed"),
    "a kill of itself": ("import os\nos.kill(os.getpid(), 9)", "crashed"),
    "a timer that ends it": ("import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.01)\nwhile True: pass", "crashed"),
    "a timer that goes on": ("import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)", "returned"),
    "deep recursion in Python": (
        "import sys\nsys.setrecursionlimit(1 << 30)\nf = lambda: f()\nf()",
        "MemoryError timed-out crashed",
    ),
    "deep recursion in C": (
        """
import sys
sys.setrecursionlimit(1 << 30)
x = []
for _ in range(10**6): x = [x]
repr(x)
""",
        "crashed timed-out",
    ),
    "every descriptor closed": ("import os\nos.closerange(0, 64)", "crashed"),
    "torch's settings": (
        """
import torch
torch.set_default_dtype(torch.float16)
torch.set_grad_enabled(False)
torch.set_num_threads(64)
torch.use_deterministic_algorithms(True)
torch.set_default_device("meta")
""",
        "returned",
    ),
    "torch's functions gone": (
        """
import torch
for name in ("tensor", "Tensor", "ones", "autograd"): delattr(torch, name)
""",
        "returned",
    ),
    "the interpreter's settings": (
        """
import os, sys
sys.path.clear()
sys.modules.clear()
sys.setswitchinterval(1e9)
os.chdir("/")
os.umask(0o777)
""",
        "returned",
    ),
    "an endless generator": (_RETURNS + "iter(int, 1)", "returned"),
    "a sequence without an end": (
        """
class Endless(list):
    def __len__(self): return 1 << 62
    def __iter__(self): return iter(int, 1)
"""
        + _RETURNS
        + "Endless([1]), Endless([2])",
        "returned",
    ),
    "a list that holds itself": ("x = []\nx += [x, x]" + _RETURNS + "x", "returned"),
    "a tensor giant by its stride": ("import torch" + _RETURNS + "(torch.ones(1).expand(1 << 40),) * 2", "returned"),
    "an array giant by its stride": (
        "import numpy" + _RETURNS + "(numpy.lib.stride_tricks.as_strided(numpy.ones(1), (1 << 40,), (0,)),) * 2",
        "returned",
    ),
    "a graph of many nodes": (
        """
import torch
def single_variable(z0=5.0):
    f = torch.tensor(z0, requires_grad=True)
    with torch._C.DisableTorchFunction():
        for _ in range(10_000): f = f + 1
    return f
""",
        "returned",
    ),
    "a value whose repr hangs": (
        """
class Hangs:
    def __repr__(self):
        while True: pass
    __str__ = __len__ = __float__ = __eq__ = __repr__
"""
        + _RETURNS
        + "Hangs(), Hangs()",
        "returned",
    ),
    "an exception whose text hangs": (
        """
class Hangs(Exception):
    def __str__(self):
        while True: pass
    __repr__ = __str__
def single_variable(z0=5.0): raise Hangs(Hangs())
""",
        "Hangs",
    ),
    "an object that never dies": (
        """
class Undead:
    def __del__(self):
        while True: pass
x = Undead()
"""
        + _RETURNS
        + "None",
        "returned",
    ),
    "a text of 64 MB": (_RETURNS + "'x' * (1 << 26)", "returned"),
    "an integer of a million digits": (_RETURNS + "(1 << 4_000_000, 1 << 4_000_000)", "returned"),
    "a program for another processor": (
        # getpid by the convention of 32-bit programs: mov eax, 20; int 0x80; ret
        """
import ctypes, mmap
code = mmap.mmap(-1, 4096, prot=7)
code.write(bytes.fromhex("b814000000cd80c3"))
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
""",
        "crashed",
    ),
}
"""How each may end; where there are two ways, the machine's speed decides which comes first."""


@contextlib.contextmanager
def victim() -> Iterator[Path]:
    """A file that any user of this machine may change and delete, if nothing but its mode is in the way."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "victim"
        path.write_text("whole")
        path.chmod(0o666)
        Path(folder).chmod(0o777)
        yield path


def opening(victim: Path) -> str:
    """The numbers of system calls, and whom to harm."""
    import seccompy

    words = sorted({part.split("'")[0] for call in REFUSED.values() for part in call.split("NUMBER['")[1:]})
    return f"NUMBER = { {word: seccompy.syscall_nr(word) for word in words} }\nVICTIM = {str(victim).encode()!r}\n"


def ruins() -> dict[str, str]:
    return {name: f"{_RETURNS}None\n{source}" for name, (source, _) in RUIN.items()}


@dataclass(frozen=True)
class Harmed:
    outcomes: dict[str, Outcome]
    victim: Path


@pytest.fixture(scope="module")
def harm(attack: Attack) -> Iterator[Harmed]:
    with victim() as path:
        yield Harmed(outcomes_of_attempts(attack, CALLS, opening(path)) | attack(ruins()), path)


@pytest.fixture(scope="module")
def harmed(harm: Harmed) -> dict[str, Outcome]:
    return harm.outcomes


@pytest.mark.parametrize("name", CALLS)
def test_the_kernel_refuses(name: str, harmed: dict[str, Outcome]) -> None:
    harmed[name].check_refused(name)
    harmed[name].check_the_honest()


@pytest.mark.parametrize("name", [n for n in RUIN if X86 or n != "a program for another processor"])
def test_ruin_is_the_attackers_own(name: str, harmed: dict[str, Outcome]) -> None:
    assert harmed[name].ending in RUIN[name][1].split()
    assert harmed[name].earned == 0.0
    harmed[name].check_the_honest()


def test_after_all_that_grader_and_machine_are_as_they_were(harm: Harmed, warm: Worker) -> None:
    assert warm._server.is_alive, "the process that has imported torch was ended"
    if warm.namespaces_missing:  # in a namespace it has a number of its own
        check_as_it_was(warm._pid)
    assert [path.name for path in harm.victim.parent.iterdir()] == ["victim"]
    assert harm.victim.read_text() == "whole"


def check_as_it_was(pid: int | None) -> None:
    """Fail unless the process that all children are forked from is as free as this one, and without children."""
    assert pid is not None
    assert not Path(f"/proc/{pid}/task/{pid}/children").read_text().split(), "a child was left behind"
    assert Path(f"/proc/{pid}/limits").read_text() == Path("/proc/self/limits").read_text()
    assert os.getpriority(os.PRIO_PROCESS, pid) == os.getpriority(os.PRIO_PROCESS, 0)
    assert os.sched_getaffinity(pid) == os.sched_getaffinity(0)
