"""Finding a course: a folder, a name that an installed package registers, or the one that came with the program.

Nothing here imports pydantic or runs a course's code: the folders of installed courses are looked up before the
process that imports torch is started.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

from autograd_grader.errors import UsageError

if TYPE_CHECKING:
    from autograd_grader.course.folder import Course

ENTRY_POINTS = "autograd_grader.courses"
"""The group in which a package registers its course; the value names the package or module beside the two folders."""
EXERCISES = "exercises"
GRADERS = "graders"

_PACKAGE = Path(__file__).parents[1]


def open_course(source: str | Path | None) -> Course:
    """The course in a folder, the installed one of a name, or for None the one that came with the program.

    A registered name wins over a folder of that name in the current folder, which is found as `./name`. Raises
    `UsageError` where there is no such course, `CourseError` where it is not sound.
    """
    from autograd_grader.course.folder import Course

    if source is None:
        return Course(built_in_folder())
    name = source if isinstance(source, str) and Path(source).name == source else None
    modules = _registered().get(name, []) if name else []
    if not modules:
        return Course(_folder(Path(source), name))
    folders = {folder for module in modules if (folder := _folder_of(module)) is not None}
    if not folders:
        message = f"the installed course {name} has no {EXERCISES}/ beside {modules[0]}: install its package again"
        raise UsageError(message)
    if len(folders) > 1:
        message = f"two packages register a course {name}: name the folder of one, {' or '.join(map(str, folders))}"
        raise UsageError(message)
    return Course(folders.pop(), name=name)


def built_in_folder() -> Path:
    """The folder of the course that came with this installation: in the wheel, or the checkout around the package."""
    inside = _PACKAGE / "_course"
    return inside if inside.is_dir() else _PACKAGE.parents[1]


def installed_course_folders() -> list[Path]:
    """The stubs' and graders' folders of the built-in course and of every registered one, to hide from student code."""
    modules = (module for modules in _registered().values() for module in modules)
    roots = [built_in_folder(), *(folder for module in modules if (folder := _folder_of(module)) is not None)]
    inner = (root / name for root in dict.fromkeys(roots) for name in (EXERCISES, GRADERS))
    return [folder.resolve() for folder in inner if folder.is_dir()]


def _folder(folder: Path, name: str | None) -> Path:
    if folder.is_dir():
        return folder
    if name is None or folder.exists():
        message = f"there is no folder {folder}: name the folder of a course, which holds {EXERCISES}/ and {GRADERS}/"
        raise UsageError(message)
    names = sorted(_registered())
    known = f"installed are: {', '.join(names)}" if names else "none is installed besides the built-in one"
    message = f"there is no course {name}, installed or as a folder: {known}; name one, or a folder"
    raise UsageError(message)


def _registered() -> Mapping[str, list[str]]:
    """The modules that installed packages register, by the name of the course.

    Read from the packages' own files, as `importlib.metadata` would: importing that takes fifty times as long.
    """
    found: dict[str, list[str]] = {}
    for folder in sys.path:
        for file in _entry_point_files(folder):
            for name, module in _entry_points(file):
                if module not in found.setdefault(name, []):
                    found[name].append(module)
    return found


def _entry_point_files(folder: str) -> Iterator[str]:
    try:
        names = os.listdir(folder or ".")  # noqa: PTH208 - a thousand names, of which few become paths
    except OSError:
        return
    for name in sorted(names):
        if name.endswith((".dist-info", ".egg-info")):
            yield os.path.join(folder, name, "entry_points.txt")  # noqa: PTH118 - the same


def _entry_points(file: str) -> Iterator[tuple[str, str]]:
    """The names and modules in our group of one `entry_points.txt`."""
    try:
        text = Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return
    group = None
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            group = line.strip("[]").strip()
        elif group == ENTRY_POINTS and "=" in line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            yield name.strip(), value.partition(":")[0].partition("[")[0].strip()


def _folder_of(module: str) -> Path | None:
    """The folder of a package or module that holds a course; no package's code is run to find it."""
    parts = module.split(".")
    try:
        spec = importlib.util.find_spec(parts[0])
        for end in range(2, len(parts) + 1):
            spec = spec and PathFinder.find_spec(".".join(parts[:end]), spec.submodule_search_locations)
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    places = [Path(place) for place in spec.submodule_search_locations or ()]
    if not places and spec.origin:
        places = [Path(spec.origin).parent]
    return next((place for place in places if (place / EXERCISES).is_dir()), None)
