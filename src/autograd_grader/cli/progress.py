"""How far a batch has come: a bar on a terminal, a line now and then elsewhere, and the last words on it."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from autograd_grader.text import clean_line

if TYPE_CHECKING:
    from autograd_grader.batch import Batch
    from autograd_grader.report import Row

EVERY_ROWS = 50
EVERY_SECONDS = 10.0
_NAMED = 5
"""The most submissions that are named on one line."""


class Progress:
    """Tells a person, or a log, how far a batch has come. Use it as a context manager."""

    def __init__(self, total: int, out: Path) -> None:
        """Count to `total`; the reports land in `out`."""
        self._total = total
        self._out = out
        self._begun = self._told = time.monotonic()
        self._rows = 0
        self._console = Console(soft_wrap=True, highlight=False, markup=False)
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
            words = f"Stopped after {self._rows} of {self._total}: the gradebook in {self._out} holds these alone."
            self._say(words)

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
        self._say(f"Gradebook: {self._out / 'gradebook.csv'}")
        self._say(f"Class page: {self._out / 'index.html'}")
        return self._complain(batch.faults)

    def _complain(self, faults: list[tuple[str, str]]) -> int:
        if not faults:
            return 0
        names = list(dict.fromkeys(name for name, _ in faults))
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        words = (
            f"grade: the grader itself failed on {', '.join(names[:_NAMED])}{more}: {faults[0][1]}; grade them again"
        )
        print(clean_line(words, 1000), file=sys.stderr)
        return 3

    def _say(self, words: str) -> None:
        self._console.print(clean_line(words, 1000))
