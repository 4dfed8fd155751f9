"""One submission, read whatever it is: a folder, a `.zip`, a `.py` or an `.ipynb`."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from autograd_grader.errors import UnreadableError, UsageError
from autograd_grader.intake import unread
from autograd_grader.intake.folder import file_entry, gather_folder, leads_outside
from autograd_grader.intake.gather import Gathering, unopened
from autograd_grader.intake.names import clean, is_python, safe_id, suffix
from autograd_grader.model.submission import Submission

HAND_IN = "hand in your .py or .ipynb files, a folder of them, or a .zip"


def read_submission(path: Path, *, id: str | None = None, origin: str | None = None) -> Submission:  # noqa: A002
    """Read one submission; one that can't be read has a `problem` and no files.

    `id` and `origin` are those that `find_submissions` gave; an entry of a batch that is a link out of the batch is
    not followed. Without an `id` it is made from the path's name. Raises `UsageError` when there is nothing at a path
    that was given without an `id`.
    """
    if id is None and not os.path.lexists(path):
        msg = f"{path} does not exist; name the folder or file to grade"
        raise UsageError(msg)
    name = path.name or Path(os.path.abspath(path)).name or "submission"  # noqa: PTH100 - links keep their own name
    gathering = Gathering()
    problem = _gather(path, name, gathering, in_batch=id is not None)
    files = gathering.all_files()
    notices = gathering.all_notices()
    return Submission(
        id=id or safe_id(name),
        origin=origin or clean(name),
        files=files,
        notices=notices,
        problem=None if files else problem or _nothing(notices),
        unread="" if files else unread.digest(path),
    )


def _gather(path: Path, name: str, gathering: Gathering, *, in_batch: bool) -> str | None:
    """Read what is at the path; give the reason why nothing could be, if there is one."""
    try:
        if in_batch:
            _refuse_links(path)
        _gather_any(path, name, gathering)
    except UnreadableError as error:
        return f"{clean(name)} can't be read: {error}."
    except OSError as error:
        return f"{clean(name)} can't be read: {unopened(error)}."
    return None


def _refuse_links(path: Path) -> None:
    """Refuse a link out of the batch: a solution elsewhere on the grader's disk would be graded as the student's."""
    if path.is_symlink() and leads_outside(path, path.parent):
        msg = f"it is a link that leads out of the batch; {HAND_IN}"
        raise UnreadableError(msg)


def _gather_any(path: Path, name: str, gathering: Gathering) -> None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        gather_folder(path, gathering)
    elif not stat.S_ISREG(mode):
        msg = f"it is neither a file nor a folder; {HAND_IN}"
        raise UnreadableError(msg)
    elif suffix(name) == ".zip":
        from autograd_grader.intake.archive import gather_archive

        gather_archive(path, gathering)
    elif is_python(name):
        gathering.add(file_entry(path, clean(name).replace("\\", "_")))
    else:
        msg = f"it is not a kind of file that is read here; {HAND_IN}"
        raise UnreadableError(msg)


def _nothing(notices: tuple[str, ...]) -> str:
    if notices:
        return f"No Python file or notebook could be read. {notices[0]}"
    return f"There is no Python file or notebook in it; {HAND_IN}."
