"""What student code must not do to this machine, to the grader, or to anybody's time."""

from __future__ import annotations

import sys

import pytest

from .conftest import Attack, Outcome

# Run at import, so that it comes before every call; what it must not bring about is checked below.
HARM = {
    "an endless loop": "while True: pass",
    "an endless call in C": "sum(iter(int, 1))",
    "ignored signals": "import signal\nfor n in (2, 15): signal.signal(n, signal.SIG_IGN)\nwhile True: pass",
    "a fork bomb": "import os\nwhile True: os.fork()",
    "a fork past Python": "import ctypes\nassert ctypes.CDLL(None).fork() == -1",
    "a process by clone": "import ctypes\nassert ctypes.CDLL(None).syscall(56, 17, 0, 0, 0, 0) == -1",
    "a process by clone3": "import ctypes\nassert ctypes.CDLL(None).syscall(435, bytes(88), 88) == -1",
    "a program": "import ctypes\nassert ctypes.CDLL(None).execv(b'/bin/true', None) == -1",
    "a shell": "import ctypes\nassert ctypes.CDLL(None).system(b'true') != 0",
    "threads without end": "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(9,)).start()",
    "memory in Python": "x = []\nwhile True: x.append(bytearray(1 << 24))",
    "memory in torch": "import torch\nx = []\nwhile True: x.append(torch.ones(1 << 24))",
    "memory by mmap": "import mmap\nx = []\nwhile True: x.append(mmap.mmap(-1, 1 << 28))",
    "memory in pipes": "import os\nwhile True:\n    os.write(os.pipe()[1], b'x' * 65536)",
    "a disk full of files": "n = 0\nwhile True:\n    open(str(n), 'w').write('x' * 900_000); n += 1",
    "empty files without end": "n = 0\nwhile True:\n    open(str(n), 'w').close(); n += 1",
    "one large file": "open('x', 'wb').truncate(1 << 30)",
    "descriptors": "import os\nwhile True: os.dup(0)",
    "much output": "import os\nfor _ in range(500): os.write(1, b'x' * (1 << 20))",
    "an exit": "import os\nos._exit(0)",
    "an abort": "import os\nos.abort()",
    "a segmentation fault": "import ctypes\nctypes.string_at(0)",
    "deep recursion": "import sys\nsys.setrecursionlimit(1 << 30)\nf = lambda: f()\nf()",
    "a kill of the parent": "import ctypes, os\nassert ctypes.CDLL(None).kill(os.getppid(), 9) == -1",
    "a kill of everybody": "import ctypes\nassert ctypes.CDLL(None).kill(-1, 9) == -1",
    "a kill of its group": "import ctypes\nassert ctypes.CDLL(None).kill(0, 9) == -1",
    "a kill by thread": "import ctypes, os\nassert ctypes.CDLL(None).syscall(200, os.getppid(), 9) == -1",
    "a queued signal": "import ctypes, os\nassert ctypes.CDLL(None).sigqueue(os.getppid(), 9, None) == -1",
    "a signal by a descriptor": "import ctypes, os\nassert ctypes.CDLL(None).fcntl(0, 8, os.getppid()) == -1",
    "tracing its parent": "import ctypes, os\nassert ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) == -1",
    "its parent's limits": "import ctypes, os\nassert ctypes.CDLL(None).prlimit(os.getppid(), 7, b'0' * 16, 0) == -1",
    "its parent's processors": (
        "import ctypes, os\nassert ctypes.CDLL(None).sched_setaffinity(os.getppid(), 8, b'1' * 8) == -1"
    ),
    "its parent's priority": "import ctypes, os\nassert ctypes.CDLL(None).setpriority(0, os.getppid(), 19) == -1",
    "raised limits": "import ctypes\nassert ctypes.CDLL(None).setrlimit(9, b'\\xff' * 16) == -1",
    "a namespace": "import ctypes\nassert ctypes.CDLL(None).unshare(0x10000000) == -1",
    "a mount": "import ctypes\nassert ctypes.CDLL(None).mount(b'x', b'/tmp', b'tmpfs', 0, None) == -1",
    "another root folder": "import ctypes\nassert ctypes.CDLL(None).chroot(b'.') == -1",
    "root's rights": "import ctypes\nassert ctypes.CDLL(None).setresuid(0, 0, 0) == -1",
    "a file's mode": "import ctypes\nassert ctypes.CDLL(None).chmod(b'.', 0o777) == -1",
    "a write outside": "import ctypes\nassert ctypes.CDLL(None).open(b'/tmp/harm', 0o101, 0o600) == -1",
    "a link out of its folder": "import ctypes\nassert ctypes.CDLL(None).symlink(b'/etc', b'etc') == -1",
    "folders in folders": "import ctypes\nassert ctypes.CDLL(None).mkdir(b'x', 0o700) == -1",
    "a deleted file": "import ctypes, torch\nassert ctypes.CDLL(None).unlink(torch.__file__.encode()) == -1",
    "io_uring": "import ctypes\nassert ctypes.CDLL(None).syscall(425, 1, ctypes.create_string_buffer(120)) == -1",
    "a program in the kernel": "import ctypes\nassert ctypes.CDLL(None).syscall(321, 0, None, 0) == -1",
    "torch's settings": "import torch\ntorch.set_default_dtype(torch.float16)\ntorch.set_grad_enabled(False)",
}
GONE = {"timed-out", "crashed", "error", "returned", "not-called", "raised"}


@pytest.fixture(scope="module")
def harmed(attack: Attack) -> dict[str, Outcome]:
    return attack({name: f"{source}\ndef single_variable(z0=5.0): pass" for name, source in HARM.items()})


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's layers are Linux's")
@pytest.mark.parametrize("name", HARM)
def test_harm_is_the_attackers_own(name: str, harmed: dict[str, Outcome]) -> None:
    outcome = harmed[name]
    failed = [error.type for load in outcome.seen.loads for error in load.errors]
    assert "AssertionError" not in failed, "the kernel let it through"
    assert outcome.earned == 0.0
    outcome.check_the_honest()
