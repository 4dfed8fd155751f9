"""The folder where a child may write: its own, flat, small, and emptied before the next child.

Where the system allows it (to root, or to a user who may make namespaces) it is a file system in memory with a size of
its own, which only the worker and its children see. Elsewhere it is a plain folder that the worker watches while a
child runs.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path

MAX_BYTES = 16 << 20
MAX_FILES = 200


class Scratch:
    """The scratch folder of one worker."""

    def __init__(self, folder: str) -> None:
        """Make it below `folder`, which other workers share; a process with threads can't leave its namespace."""
        self.path = os.path.join(os.path.realpath(folder), f"scratch-{os.getpid()}")  # noqa: PTH118 - a plain text is asked for
        Path(self.path).mkdir(mode=0o700)
        self.capped = False
        """Whether the system itself limits its size."""
        self.has_own_users = False
        """Whether this process is in a user namespace of its own, where the kernel counts its threads alone."""
        if sys.platform == "linux":
            self._separate()

    def _separate(self) -> None:
        from autograd_grader.observe.child.confine import kernel

        user, group = os.getuid(), os.getgid()
        try:
            if user:
                kernel.unshare(kernel.CLONE_NEWUSER | kernel.CLONE_NEWNS)
                self.has_own_users = True
                _write("/proc/self/setgroups", "deny")
                _write("/proc/self/uid_map", f"{user} {user} 1")
                _write("/proc/self/gid_map", f"{group} {group} 1")
            else:
                kernel.unshare(kernel.CLONE_NEWNS)
            kernel.mount_tmpfs(self.path, f"size={MAX_BYTES},nr_inodes={MAX_FILES},mode=0700")
        except OSError:
            return  # a container or a system that allows no namespaces: the plain folder is watched
        self.capped = True

    def give(self, owner: int, group: int) -> None:
        """Let processes of another group write in it; only the owner empties it."""
        os.chmod(self.path, 0o770)  # noqa: PTH101, S103 - as `chown`; nobody else is in that group
        os.chown(self.path, owner, group)
        # Others may pass through the folder above, and see nothing of it.
        os.chmod(os.path.dirname(self.path), 0o711)  # noqa: PTH101, PTH120, S103 - as `chown`

    def is_full(self) -> bool:
        """Whether a child has written more than it may, where the system does not limit it."""
        if self.capped:
            return False
        used = files = 0
        with contextlib.suppress(OSError), os.scandir(self.path) as entries:
            for entry in entries:
                files += 1
                used += entry.stat(follow_symlinks=False).st_blocks * 512
        return used > MAX_BYTES or files > MAX_FILES

    def empty(self) -> None:
        """Remove all that is in it; no process that could write in it is alive."""
        for name in os.listdir(self.path):  # noqa: PTH208 - most often there is nothing
            path = os.path.join(self.path, name)  # noqa: PTH118 - as above
            try:
                os.unlink(path)  # noqa: PTH108 - as above
            except OSError:
                # Folders are made only where the kernel's layers are missing.
                shutil.rmtree(path, ignore_errors=True)


def _write(path: str, text: str) -> None:
    Path(path).write_text(text, encoding="ascii")
