"""Which files and folders a child may read.

Landlock's rules can only allow, and an allowed folder is allowed with all that lies below it. So a folder with a hidden
one further down (a site-packages with this package in it) is not allowed as a whole: what lies beside the hidden folder
is allowed entry by entry.
"""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

_PACKAGE = Path(__file__).parents[3]
_CHECKOUT_FOLDERS = ("graders", "exercises", "submissions", "reports", "tests")
SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/share/zoneinfo",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/dev/urandom",
    "/dev/null",
    "/proc/cpuinfo",
    "/sys/devices/system/cpu",
)
"""What the dynamic linker, libc, OpenMP and zoneinfo read; nothing in it is about a person."""


def readable(hidden: Collection[str] = ()) -> list[str]:
    """The paths that a child may read: the interpreter's, its packages' and the system's libraries.

    No path in or below this package, the folders of the checkout that it lies in, or the folders `hidden`.
    """
    paths = sysconfig.get_paths()
    folders = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    folders += [*(entry for entry in sys.path if entry), *site.getsitepackages(), *SYSTEM]
    kept_out = [*_own_folders(), *map(os.path.realpath, hidden)]
    found: dict[str, None] = {}
    for folder in sorted({os.path.realpath(folder) for folder in folders}):
        if not below(folder, found):
            found |= dict.fromkeys(_without(folder, kept_out))
    return list(found)


def listable() -> list[str]:
    """The folders that modules are searched in: their entries may be listed, whatever may be read there."""
    return sorted({os.path.realpath(entry) for entry in sys.path if os.path.isdir(entry)})  # noqa: PTH112 - fast


def below(path: str, folders: Iterable[str]) -> bool:
    """Whether a real path is one of `folders` or lies in one."""
    return any(path == folder or path.startswith(folder.rstrip("/") + "/") for folder in folders)


def _own_folders() -> list[str]:
    """This package and, in a checkout, the built-in course and other people's work beside it."""
    checkout = _PACKAGE.parents[1]
    return [os.path.realpath(folder) for folder in (_PACKAGE, *(checkout / name for name in _CHECKOUT_FOLDERS))]


def _without(path: str, hidden: Collection[str]) -> Iterator[str]:
    if below(path, hidden) or not os.path.exists(path):  # noqa: PTH110 - hundreds of them at start
        return
    if not any(below(folder, [path]) for folder in hidden):
        yield path
        return
    for entry in os.scandir(path):
        yield from _without(os.path.realpath(entry.path), hidden)
