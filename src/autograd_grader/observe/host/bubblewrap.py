"""The command that starts a process in namespaces of its own, through bubblewrap.

In there is no network, no process but its own, and of all files only what Python, torch and this program's child need,
to be read: no home, no user names, no course, no submission. It can write into one small file system in memory.

Whether the system lets bubblewrap make namespaces is found out by trying, elsewhere: most containers do not.
"""

from __future__ import annotations

import os
import shutil
import site
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from autograd_grader.observe.child.confine.paths import SYSTEM, below
from autograd_grader.observe.child.confine.scratch import MAX_BYTES

NOT_INSTALLED = "bubblewrap is not installed"
HERE = b"here"
"""What a process writes once it is inside and has found torch there."""
ARRIVE = (
    "import importlib.util, os; importlib.util.find_spec('torch') or sys.exit('torch is not found in its view'); "
    f"os.write(int(sys.argv[1]), {HERE!r}); "
)
"""The lines of Python that write it; the first argument is the descriptor to write to."""

_NAMESPACES = ("--unshare-net", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try")
_TEMPORARY, _WORK = "/tmp", "/tmp/worker-scratch"  # noqa: S108 - inside, where it is nobody else's
_PACKAGE = Path(__file__).parents[2]
_CHILD_MODULES = (
    *("__init__.py", "observe/__init__.py", "observe/frames.py", "observe/child", "observe/host/__init__.py"),
    *("observe/host/fork_server_main.py", "observe/host/worker_main.py"),
)
"""What of this package is loaded where student code runs."""


def wrapper(hidden: Collection[str] = ()) -> list[str]:
    """What to put before a command so that it runs in namespaces; empty where bubblewrap is not installed.

    The folders `hidden`, real paths, are empty in there. As root the capabilities are kept: a worker needs some of them
    to stop being root.
    """
    program = shutil.which("bwrap") if sys.platform == "linux" else None
    # It ends when the thread that started it does: who starts one in a thread has to close it there.
    return [] if program is None else [program, "--die-with-parent", *_NAMESPACES, *_view(hidden), "--"]


def _view(hidden: Collection[str]) -> Iterator[str]:
    package = str(_PACKAGE)
    shown = dict(_shown([*_read(), sys.executable]))
    # First: what is installed may lie below it.
    yield from ("--perms", "1777", "--size", str(MAX_BYTES), "--tmpfs", _TEMPORARY)
    # bubblewrap makes the folders on the way to what it shows: below the one that is writable they get a file system of
    # their own, so that nobody can put a module where Python would find it.
    ways = _ways_through_temporary([*shown, package])
    for way in ways:
        yield from ("--tmpfs", way)
    for path, target in shown.items():
        yield from ("--ro-bind", path, path) if target is None else ("--symlink", target, path)
    # Over what was installed: beside the child's modules lie those that grade.
    yield from ("--tmpfs", package)
    for part in _CHILD_MODULES:
        yield from ("--ro-bind", f"{package}/{part}", f"{package}/{part}")
    yield from ("--remount-ro", package)
    for folder in _covered(hidden, [path for path, target in shown.items() if target is None]):
        yield from ("--tmpfs", folder, "--remount-ro", folder)
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


def _shown(paths: list[str]) -> Iterator[tuple[str, str | None]]:
    """Those of the paths that exist, and for a link its target, so that it has one name and Python finds its prefix."""
    shown: list[str] = []
    for start in sorted(paths):
        path = start
        while os.path.exists(path) and not below(path, shown):  # noqa: PTH110 - texts throughout
            shown.append(path)
            if os.path.islink(path):  # noqa: PTH114 - a text
                target = os.readlink(path)  # noqa: PTH115 - a text
                yield path, target
                path = os.path.normpath(os.path.join(os.path.dirname(path), target))  # noqa: PTH118, PTH120 - a text
            else:
                yield path, None


def _covered(hidden: Collection[str], bound: Collection[str]) -> list[str]:
    """The names inside of the hidden folders, each of which is below a bound one."""
    covered: list[str] = [str(_PACKAGE)]
    for folder in sorted(hidden):
        for place in bound:
            real = os.path.realpath(place)
            name = place + folder[len(real) :]
            if os.path.isdir(folder) and below(folder, [real]) and not below(name, covered):  # noqa: PTH112 - a text
                covered.append(name)
    return covered[1:]
