"""Where a student's work lies, and where the stubs go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from autograd_grader.course import Course
from autograd_grader.errors import OutputError, UsageError
from autograd_grader.intake.names import is_python

_FOLDER = "exercises"


def own_work(here: Path) -> Path:
    """The folder to grade where none is named: this one, or its `exercises` where only there is something to grade."""
    inner = here / _FOLDER
    return inner if not _has_python(here) and _has_python(inner) else here


def copy_stubs(course: Course, folder: Path) -> Iterator[str]:
    """Copy the stubs into a folder and give a line on each, as `copy_new` does."""
    yield from copy_new({exercise.stub: course.stub_text(exercise) for exercise in course.exercises}, folder)
    command = "grade" if folder == Path() else f"grade {folder}"
    yield f"Fill in the functions, then run `{command}` to see how you are doing."


def copy_new(files: Mapping[str, str], folder: Path) -> Iterator[str]:
    """Write files, by their path in a folder that is made if need be, and give a line on each; none is overwritten.

    Raises `UsageError` where that is no folder, `OutputError` where a file can't be written.
    """
    _make_folder(folder)
    for path, text in files.items():
        target = folder / path
        _make_folder(target.parent)
        yield _copy(text, target)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        message = f"{folder} is a file or lies in one; name another folder"
        raise UsageError(message) from error
    except OSError as error:
        raise _refused(folder, error) from error


def _copy(text: str, target: Path) -> str:
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return f"kept  {target}, which was there already"
    except OSError as error:
        raise _refused(target, error) from error
    return f"wrote {target}"


def _refused(path: Path, error: OSError) -> OutputError:
    return OutputError(f"can't write {path} ({error.strerror or error}); name another folder")


def _has_python(folder: Path) -> bool:
    try:
        return any(is_python(entry.name) for entry in folder.iterdir())
    except OSError:
        return False
