"""Runs a command as an ordinary user, since the sandbox has to hold for root and for everybody else.

    python tests/as_ordinary_user.py pytest tests/attacks

Started by root, the command runs as `nobody`, who may not enter a folder like /root. Where Python or this checkout lies
in one, the command gets a view of its own, in which that folder is empty but for these. For an ordinary user there is
nothing to do: the command is just run.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

from autograd_grader.observe.child.confine import kernel

USER, GROUP = "nobody", "nogroup"
CHECKOUT = Path(__file__).parents[1]


def main() -> int:
    """Run the command that the arguments are, and give its exit code."""
    if os.getuid() != 0:
        return subprocess.run(sys.argv[1:], check=False).returncode
    places = map(Path, (str(CHECKOUT), sys.prefix, sys.base_prefix, *sys.path))
    let_in({place for place in places if place.is_absolute() and place.exists()})
    with tempfile.TemporaryDirectory() as home:
        shutil.chown(home, USER, GROUP)
        environment = os.environ | {
            "HOME": home,
            "TMPDIR": home,
            # Neither may write into the checkout.
            "HYPOTHESIS_STORAGE_DIRECTORY": home,
            "PYTEST_ADDOPTS": "-p no:cacheprovider",
        }
        return subprocess.run(
            sys.argv[1:], check=False, user=USER, group=GROUP, extra_groups=[], env=environment
        ).returncode


def let_in(folders: set[Path]) -> None:
    """Have everybody reach these folders, in a mount namespace of this process's own, and nothing beside them."""
    doors = {door for folder in folders for door in (folder, *folder.parents) if not is_open(door)}
    if not doors:
        return
    kernel.unshare(kernel.CLONE_NEWNS)
    contents = {path for folder in folders for path in (folder.iterdir() if folder in doors else [folder])}
    # Held open: once a door is covered they have no name.
    held = {path: os.open(path, os.O_PATH) for path in sorted(contents) if doors & set(path.parents)}
    for door in sorted(doors):
        if not doors & set(door.parents):
            kernel.mount_tmpfs(str(door), "mode=0755")
    for path, descriptor in held.items():
        make_alike(path, descriptor)
        source = f"/proc/self/fd/{descriptor}"
        subprocess.run(["mount", "--no-canonicalize", "--bind", source, path], check=True, pass_fds=[descriptor])


def make_alike(path: Path, descriptor: int) -> None:
    """A folder where the descriptor is one, else a file: what can be covered by it."""
    folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
    (path if folder else path.parent).mkdir(parents=True, exist_ok=True)
    if not folder:
        path.touch()


def is_open(folder: Path) -> bool:
    return bool(folder.stat().st_mode & stat.S_IXOTH)


if __name__ == "__main__":
    sys.exit(main())
