"""How far a batch has come: a bar on a terminal, a line now and then elsewhere; at the end, what came of it."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Self

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from autograd_grader.cli.outcome import came_of_it, complain, listed, plain_console, say

if TYPE_CHECKING:
    from autograd_grader.batch.plan import BatchPlan
    from autograd_grader.batch.run import Batch
    from autograd_grader.report import Row

EVERY_ROWS = 50
EVERY_SECONDS = 10.0


class Progress:
    """Tells a person, or a log, how far a batch has come. Use it as a context manager."""

    def __init__(self, plan: BatchPlan) -> None:
        """Count what there is to grade: all that was found, until it turns out to be unchanged."""
        self._plan = plan
        self._total = len(plan.found)
        self._begun = self._told = time.monotonic()
        self._graded = 0
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
            self._say(f"Stopped after {self._graded} of {self._total}; run the same command again to go on from there.")
            held = "is still the one from before" if self._plan.has_gradebook else "holds what is done so far"
            self._say(f"The gradebook in {self._plan.store.path} {held}.")

    def unchanged(self, _row: Row) -> None:
        """Count one less to grade."""
        self._total -= 1
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], total=self._total)

    def graded(self, _row: Row) -> None:
        """Count one more row."""
        self._graded += 1
        now = time.monotonic()
        if self._bar is not None:
            self._bar.advance(self._bar.task_ids[0])
        elif self._graded < self._total and (self._graded % EVERY_ROWS == 0 or now - self._told >= EVERY_SECONDS):
            self._told = now
            self._say(f"{self._graded} of {self._total} graded")

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
        self._say(came_of_it(batch.graded, batch.unchanged, batch.changes))
        store, orphans = self._plan.store, self._plan.orphans
        if orphans:
            held = f"{store.path} also holds reports that belong to none of these and stay out of the gradebook"
            self._say(f"{held}: {listed(orphans)}.")
        self._say(f"Gradebook: {store.gradebook_path}")
        self._say(f"Class page: {store.class_page_path}")
        return complain(batch.faults)

    def _say(self, words: str) -> None:
        say(words, self._console)
