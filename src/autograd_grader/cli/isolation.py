"""No module comes from the working folder or from what is graded, whatever `PYTHONPATH` says.

Imported before anything that such a folder could shadow: it may import `os` and `sys` alone, which Python has loaded.
"""

import os
import sys

# The package is found first where it was, though another copy may be installed; nothing else comes from there first.
_AGAIN = """
import sys
folders = {folders!r}
sys.path.insert(0, folders[0])
import autograd_grader
sys.path[:] = [*sys.path[1:], *folders]
sys.argv[0] = "grade"
from autograd_grader.cli import main
main()
"""


def leave_out_foreign_folders() -> None:
    """Start the program again with `-I` where a module could come from the working folder or what is graded.

    An isolated interpreter still has its own packages, an editable installation among them. What an interpreter
    imported before this line, such as a `sitecustomize.py` on `PYTHONPATH`, has run already.
    """
    if sys.flags.isolated or not _foreign():
        return
    if os.name != "posix":  # elsewhere `exec` would not wait for the other program's end
        foreign = _foreign()
        sys.path[:] = [entry for entry in sys.path if entry not in foreign]
        return
    options = ["-I", *(["-B"] if sys.dont_write_bytecode else []), *(["-X", "utf8"] if sys.flags.utf8_mode else [])]
    program = _AGAIN.format(folders=_own_folders())
    os.execv(sys.executable, [sys.executable, *options, "-c", program, *sys.argv[1:]])  # noqa: S606 - our own interpreter


def _foreign() -> list[str]:
    """The entries of the import path that lie in the working folder or in a folder that the command names."""
    folders = [real for name in (os.curdir, *sys.argv[1:]) if os.path.isdir(real := os.path.realpath(name))]  # noqa: PTH112
    own = [os.path.realpath(folder) for folder in _installation()]
    found = [entry for entry in sys.path if _lies_in(entry, folders) and not _lies_in(entry, own)]
    return [entry for entry in found if os.path.exists(entry or os.curdir)]  # noqa: PTH110


def _installation() -> list[str]:
    """What the interpreter imports from by itself; an environment may lie in the working folder, as in a clone."""
    site = sys.modules.get("site")
    packages = site.getsitepackages() if site is not None else []
    return [os.path.dirname(os.__file__), os.path.dirname(sys.executable), *packages, *_package_folder()]  # noqa: PTH120


def _own_folders() -> list[str]:
    """Where this package lies, and where user-installed ones do: an isolated interpreter looks in neither by itself."""
    site = sys.modules.get("site")
    users = site.getusersitepackages() if site is not None and site.ENABLE_USER_SITE else None
    trusted = users is not None and "PYTHONUSERBASE" not in os.environ
    return [*_package_folder(), *([users] if users is not None and trusted else [])]


def _package_folder() -> list[str]:
    """The folder that this package was imported from: the installation that was asked for."""
    return [os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))]  # noqa: PTH100, PTH120


def _lies_in(entry: str, folders: list[str]) -> bool:
    real = os.path.realpath(entry)
    return any(real == folder or real.startswith(os.path.join(folder, "")) for folder in folders)  # noqa: PTH118
