"""Layer 4 of the sandbox: the command that starts a process in namespaces of its own, through bubblewrap.

In there is no network, no process but its own, and of all files only what Python, torch and the runner need, to be
read: no home, no user names, no course, no submission. It can write into one small file system in memory.

Whether the system lets bubblewrap make namespaces is not asked here: most containers do not, and only trying tells.
"""

from __future__ import annotations

import os
import shutil
import site
import sys
from collections.abc import Iterator
from pathlib import Path

from autograd_grader.observe.child.confine.landlock import SYSTEM, below
from autograd_grader.observe.child.confine.scratch import MAX_BYTES

NOT_INSTALLED = "bubblewrap is not installed"
HERE = b"here"
"""What a process says once it is inside and has found torch there."""
ARRIVE = (
    "import importlib.util, os; importlib.util.find_spec('torch') or sys.exit('torch is not found in its view'); "
    f"os.write(int(sys.argv[1]), {HERE!r}); "
)
"""The lines of Python that say so; the first argument is the descriptor to say it on."""

_NAMESPACES = ("--unshare-net", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try")
_TEMPORARY, _WORK = "/tmp", "/tmp/worker-scratch"  # noqa: S108 - inside, where it is nobody else's
_PACKAGE = Path(__file__).parents[2]
_RUNNER = (
    *("__init__.py", "observe/__init__.py", "observe/frames.py", "observe/child", "observe/host/__init__.py"),
    *("observe/host/fork_server_main.py", "observe/host/worker_main.py"),
)
"""What of this package is loaded where student code runs."""


def wrapper() -> list[str]:
    """What to put before a command so that it runs in namespaces; empty where bubblewrap is not installed.

    As root the capabilities are kept: the warm process needs some of them to stop being root.
    """
    program = shutil.which("bwrap") if sys.platform == "linux" else None
    # It ends when the thread that started it does: who starts one in a thread has to close it there.
    return [] if program is None else [program, "--die-with-parent", *_NAMESPACES, *_view(), "--"]


def _view() -> Iterator[str]:
    package = str(_PACKAGE)
    shown = [*_shown([*_read(), sys.executable])]
    # First: what is installed may lie below it.
    yield from ("--perms", "1777", "--size", str(MAX_BYTES), "--tmpfs", _TEMPORARY)
    # bubblewrap makes the folders on the way to what it shows: below the one that is writable they get a file system of
    # their own, so that nobody can put a module where Python would find it.
    ways = _ways_through_temporary([*shown[2::3], package])
    for way in ways:
        yield from ("--tmpfs", way)
    yield from shown
    # Over what was installed: beside the runner lie the graders.
    yield from ("--tmpfs", package)
    for part in _RUNNER:
        yield from ("--ro-bind", f"{package}/{part}", f"{package}/{part}")
    yield from ("--remount-ro", package)
    yield from ("--proc", "/proc", "--dev-bind", os.devnull, os.devnull, "--dev-bind", "/dev/urandom", "/dev/urandom")
    for way in ways:
        yield from ("--remount-ro", way)
    yield from ("--remount-ro", "/", "--dir", _WORK, "--chdir", _WORK)


def _read() -> Iterator[str]:
    """The folders and files of the system, of the interpreter and of the installed packages."""
    yield from (path for path in SYSTEM if not path.startswith(("/dev", "/proc")))
    yield "/etc/alternatives"  # where Debian's libraries for linear algebra are links to
    yield "/sys/kernel/mm/transparent_hugepage"  # where libc looks whether there are large pages
    for prefix in (sys.prefix, sys.base_prefix):
        yield from (f"{prefix}/lib", f"{prefix}/lib64", f"{prefix}/pyvenv.cfg")
    # By their name: an editable install, or the folder that a program is started in, may hold anything.
    yield from (entry for entry in sys.path if entry.endswith(("/site-packages", "/dist-packages")))
    if site.ENABLE_USER_SITE:
        yield site.getusersitepackages()


def _ways_through_temporary(places: list[str]) -> list[str]:
    """The topmost folders below the temporary one that hold any of these."""
    inner = [place.split("/") for place in places if below(place, [_TEMPORARY])]
    return sorted({"/".join(parts[:3]) for parts in inner if len(parts) > 3})


def _shown(paths: list[str]) -> Iterator[str]:
    """Show what there is of these; links as links, so that one place has one name and Python finds its environment."""
    shown: list[str] = []
    for start in sorted(paths):
        path = start
        while os.path.exists(path) and not below(path, shown):  # noqa: PTH110 - texts throughout
            shown.append(path)
            if os.path.islink(path):  # noqa: PTH114 - a text
                target = os.readlink(path)  # noqa: PTH115 - a text
                yield from ("--symlink", target, path)
                path = os.path.normpath(os.path.join(os.path.dirname(path), target))  # noqa: PTH118, PTH120 - a text
            else:
                yield from ("--ro-bind", path, path)
