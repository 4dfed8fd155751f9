"""How far a batch has come: a bar on a terminal, a line now and then elsewhere, and the last words on it."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from autograd_grader.report.reading import points
from autograd_grader.text import clean_line

if TYPE_CHECKING:
    from autograd_grader.batch import BatchPlan, Change
    from autograd_grader.batch.run import Batch
    from autograd_grader.report import Row

EVERY_ROWS = 50
EVERY_SECONDS = 10.0
_NAMED = 5
"""The most submissions that are named on one line."""
_CHANGES = 200
"""The most changed scores that are told: a whole class's, but not a whole year's."""
_LONGEST = 40_000


class Progress:
    """Tells a person, or a log, how far a batch has come. Use it as a context manager."""

    def __init__(self, stock: BatchPlan, out: Path) -> None:
        """Count what is left of `stock`; the reports land in `out`."""
        self._stock = stock
        self._total = len(stock.left)
        self._out = out
        self._begun = self._told = time.monotonic()
        self._rows = 0
        self._console = plain_console()
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        """Show the bar, where there is a terminal."""
        if self._console.is_terminal:
            self._bar = Bar(
                TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=self._console
            )
            self._bar.add_task("", total=self._total)
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End the bar; if it was Ctrl-C, say what is there."""
        if self._bar is not None:
            self._bar.stop()
        if kind is KeyboardInterrupt:
            self._say(f"Stopped after {self._rows} of {self._total}; run the same command again to go on from there.")
            held = "is still the one from before" if self._stock.has_gradebook else "holds what is done so far"
            self._say(f"The gradebook in {self._out} {held}.")

    def advance(self, _row: Row) -> None:
        """Count one more row."""
        self._rows += 1
        now = time.monotonic()
        if self._bar is not None:
            self._bar.advance(self._bar.task_ids[0])
        elif self._rows < self._total and (self._rows % EVERY_ROWS == 0 or now - self._told >= EVERY_SECONDS):
            self._told = now
            self._say(f"{self._rows} of {self._total} graded")

    def conclude(self, batch: Batch) -> int:
        """Say what came of the batch, and give the exit code."""
        seconds = time.monotonic() - self._begun
        counts = Counter(row.status for row in batch.rows)
        awaiting = sum(row.awaiting_review > 0 for row in batch.rows)
        flagged = sum(row.flag_count > 0 for row in batch.rows)
        told = {"partial": counts["partial"], "unreadable": counts["unreadable"], "awaiting review": awaiting}
        told |= {"flagged": flagged} if flagged else {}
        details = ", ".join(f"{count} {words}" for words, count in told.items())
        plural = "submission" if len(batch.rows) == 1 else "submissions"
        self._say(f"{len(batch.rows)} {plural} in {seconds:.1f} s: {counts['graded']} graded, {details}.")
        self._say(came_of_it(self._rows, len(self._stock.kept), batch.changes))
        if self._stock.strays:
            held = f"{self._out} also holds reports that belong to none of these and stay out of the gradebook"
            self._say(f"{held}: {listed(self._stock.strays)}.")
        self._say(f"Gradebook: {self._out / 'gradebook.csv'}")
        self._say(f"Class page: {self._out / 'index.html'}")
        return complain(batch.faults)

    def _say(self, words: str) -> None:
        say(words, self._console)


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


def came_of_it(graded: int, kept: int, changes: Sequence[Change]) -> str:
    """Say in one line how many were graded, how many kept, and whose score is another than it was."""
    words = f"{graded} graded now, {kept} kept as they were"
    if not changes:
        return f"{words}; no score changed."
    told = (f"{c.submission} {points(c.before)} → {points(c.now)}" for c in sorted(changes))
    plural = "score" if len(changes) == 1 else "scores"
    return f"{words}; {len(changes)} {plural} changed: {listed(tuple(told), _CHANGES)}."


def listed(names: Sequence[str], most: int = _NAMED) -> str:
    """Name a few, and count the others."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
