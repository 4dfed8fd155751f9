"""Which files a child may read, and the one folder where it may write (Landlock).

The kernel's rules can only allow, and hold for all that lies below a folder. So a folder that holds something secret
further down (a site-packages with this very package in it, whose graders are no student's business) is not allowed
as a whole: what lies beside the secret is allowed entry by entry.
"""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import landlockpy

_PACKAGE = Path(__file__).parents[3]
# What the dynamic linker, libc, OpenMP and zoneinfo look at; none of it says anything about a person.
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


def readable() -> list[str]:
    """The files and folders that a child may read: the interpreter's, its packages' and the system's libraries."""
    paths = sysconfig.get_paths()
    folders = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    folders += [*(entry for entry in sys.path if entry), *site.getsitepackages(), *SYSTEM]
    secrets = secret_folders()
    found: dict[str, None] = {}
    for folder in sorted({os.path.realpath(folder) for folder in folders}):
        if not below(folder, found):
            found |= dict.fromkeys(_without(folder, secrets))
    return list(found)


def listable() -> list[str]:
    """The folders that modules are searched in: their names may be listed, whatever may be read there."""
    return sorted({os.path.realpath(entry) for entry in sys.path if os.path.isdir(entry)})  # noqa: PTH112 - fast


def secret_folders() -> list[str]:
    """What no student's code may read though it may lie among the packages: this program, and its course's folders."""
    checkout = _PACKAGE.parents[1]
    course = ("graders", "exercises", "submissions", "reports", "tests")
    return [os.path.realpath(folder) for folder in (_PACKAGE, *(checkout / name for name in course))]


def below(path: str, folders: Iterable[str]) -> bool:
    """Whether a real path is one of `folders` or lies in one."""
    return any(path == folder or path.startswith(folder.rstrip("/") + "/") for folder in folders)


def _without(path: str, secrets: list[str]) -> Iterator[str]:
    if below(path, secrets) or not os.path.exists(path):  # noqa: PTH110 - hundreds of them at start
        return
    if not any(below(secret, [path]) for secret in secrets):
        yield path
        return
    for entry in os.scandir(path):
        yield from _without(os.path.realpath(entry.path), secrets)


def ruleset(readable: list[str], scratch: str) -> landlockpy.Ruleset:
    """The rules, made once: a child only has to apply them. Rights that this kernel does not know are left out.

    Through landlockpy, which knows every version of the kernel's interface; `landlock` knows of files alone.
    Besides files, connections are refused, and signals and abstract sockets to processes outside.
    """
    import landlockpy

    access = landlockpy.AccessFS
    rules = landlockpy.Ruleset(scoped=landlockpy.Scope.ABSTRACT_UNIX_SOCKET | landlockpy.Scope.SIGNAL)
    for path in readable:
        rights = access.READ_FILE | (access.READ_DIR if os.path.isdir(path) else access.NONE)  # noqa: PTH112 - fast
        rules.allow_path(path, rights)
    for path in listable():
        rules.allow_path(path, access.READ_DIR)
    rules.allow_path(os.devnull, access.WRITE_FILE | access.READ_FILE)
    # No folders, links, pipes or sockets in it: what is flat is soon counted and wiped.
    flat = access.READ_FILE | access.READ_DIR | access.WRITE_FILE | access.TRUNCATE | access.MAKE_REG
    rules.allow_path(scratch, flat | access.REMOVE_FILE)
    return rules
