"""A submission that is a folder: walked level by level, never out of itself, and only regular files are opened."""

from __future__ import annotations

import os
import stat
from itertools import islice
from pathlib import Path

from autograd_grader.errors import UnreadableError
from autograd_grader.intake.gather import Entry, Gathering, read_capped, unopened
from autograd_grader.intake.junk import foreign_folders, is_junk
from autograd_grader.intake.limits import MAX_DEPTH, MAX_ENTRIES
from autograd_grader.intake.names import clean, is_python, suffix


def gather_folder(root: Path, gathering: Gathering) -> None:
    """Read what a folder holds; where that is one archive and nothing else to read, the archive.

    Raises `OSError` when the folder itself can't be listed.
    """
    walk = _Walk(root, gathering)
    walk.go()
    for entry in walk.python:
        gathering.add(entry)
    if not walk.python and len(walk.archives) == 1:
        from autograd_grader.intake.archive import gather_archive

        try:
            gather_archive(walk.archives[0], gathering)
        except UnreadableError as error:
            gathering.leave_out(clean(walk.archives[0].name), error)


def file_entry(path: Path, name: str) -> Entry:
    """Give an entry for a file on disk; raises `UnreadableError` for what is no regular file."""
    try:
        status = path.stat()
    except OSError as error:
        raise unopened(error) from error
    if not stat.S_ISREG(status.st_mode):
        # To open a FIFO would wait for a writer who never comes.
        msg = "it is not a regular file"
        raise UnreadableError(msg)
    return Entry(name, status.st_size, status.st_mtime, lambda limit: _read(path, limit))


def leads_outside(path: Path, folder: Path) -> bool:
    """Whether a path ends, through links, anywhere but in that folder."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _read(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as stream:
            return read_capped(stream, limit)
    except OSError as error:
        raise unopened(error) from error


class _Walk:
    """One walk over a folder: what can be read, nearest to the top first."""

    def __init__(self, root: Path, gathering: Gathering) -> None:
        self.root = root
        self.gathering = gathering
        self.left = MAX_ENTRIES
        self.python: list[Entry] = []
        self.archives: list[Path] = []

    def go(self) -> None:
        level = self._visit(self._list(self.root))
        for _ in range(MAX_DEPTH):
            level = [inner for folder in level for inner in self._enter(folder)]
        if level:
            self.gathering.tell(f"Folders more than {MAX_DEPTH} deep were left out.")

    def _list(self, folder: Path) -> list[os.DirEntry[str]]:
        with os.scandir(folder) as entries:
            found = sorted(islice(entries, self.left), key=lambda entry: entry.name)
        self.left -= len(found)
        if not self.left:
            self.gathering.tell(f"Only the first {MAX_ENTRIES} files and folders were looked at.")
        return found

    def _enter(self, folder: Path) -> list[Path]:
        try:
            return self._visit(self._list(folder))
        except OSError as error:
            self.gathering.leave_out(self._name(folder), unopened(error))
            return []

    def _visit(self, entries: list[os.DirEntry[str]]) -> list[Path]:
        """Note the files among the entries and give the folders to go into."""
        foreign = foreign_folders(entry.name for entry in entries)
        folders: list[Path] = []
        for entry in entries:
            if is_junk(entry.name) or (entry.name.lower() in foreign and entry.is_dir()):
                continue
            if entry.is_symlink() and leads_outside(Path(entry.path), self.root):
                self.gathering.leave_out(
                    self._name(Path(entry.path)), "it is a link that leads out of the folder; hand in the file itself"
                )
            elif entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            else:
                self._note_file(Path(entry.path))
        return folders

    def _note_file(self, path: Path) -> None:
        if is_python(path.name):
            if path.is_dir():  # a link to a folder that is walked anyway
                return
            try:
                self.python.append(file_entry(path, self._name(path)))
            except UnreadableError as error:
                self.gathering.leave_out(self._name(path), error)
        elif suffix(path.name) == ".zip" and path.is_file():
            self.archives.append(path)

    def _name(self, path: Path) -> str:
        # A backslash is part of a name here, and a separator where the path may be used.
        return clean(path.relative_to(self.root).as_posix()).replace("\\", "_")
