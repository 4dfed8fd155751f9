"""What is said at the end of a batch, line by line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console

from autograd_grader.report.reading import points
from autograd_grader.text import clean_line

if TYPE_CHECKING:
    from autograd_grader.batch.changes import Change

_NAMED = 5
"""The most submissions that are named on one line."""
_CHANGES = 200
"""The most changed scores that are told: a whole class's, but not a whole year's."""
_LONGEST = 40_000


def plain_console() -> Console:
    """A console that prints words as they are."""
    return Console(soft_wrap=True, highlight=False, markup=False)


def say(words: str, console: Console | None = None) -> None:
    """Print one line, harmless whatever is in it."""
    (console or plain_console()).print(clean_line(words, _LONGEST))


def complain(faults: Sequence[tuple[str, str]]) -> int:
    """Say on whom the grader itself failed, if it did, and give the exit code."""
    if not faults:
        return 0
    names = listed(tuple(dict.fromkeys(name for name, _ in faults)))
    words = f"grade: the grader itself failed on {names}: {faults[0][1]}; grade them again"
    print(clean_line(words, 1000), file=sys.stderr)
    return 3


def came_of_it(graded: int, unchanged: int, changes: Sequence[Change]) -> str:
    """Say in one line how many were graded, how many kept, and whose score is another than it was."""
    words = f"{graded} graded now, {unchanged} kept as they were"
    if not changes:
        return f"{words}; no score changed."
    told = (f"{c.submission} {points(c.before)} → {points(c.now)}" for c in sorted(changes))
    plural = "score" if len(changes) == 1 else "scores"
    return f"{words}; {len(changes)} {plural} changed: {listed(tuple(told), _CHANGES)}."


def listed(names: Sequence[str], most: int = _NAMED) -> str:
    """Name a few, and count the others."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
