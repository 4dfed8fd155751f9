"""What a student reads on the terminal: how each exercise went, and the first thing to mend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograd_grader.report import reading
from autograd_grader.text import clean, clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table
    from rich.text import Text

    from autograd_grader.model.result import Diagnosis, ExerciseResult, Result

WIDEST = 96
"""Columns beyond which lines of prose grow too long to read."""

_NARROW = 72


def summary(result: Result, report_path: Path) -> RenderableType:
    """Sum up a result for the student who asked for it; whoever calls prints it with `rich`."""
    return _Summary(result, report_path)


@dataclass(frozen=True)
class _Summary:
    """Laid out when it is printed, since only the console knows its width and its characters."""

    result: Result
    report_path: Path

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        from rich.console import Group
        from rich.constrain import Constrain

        yield Constrain(Group(*self._parts(options)), WIDEST)

    def _parts(self, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield _heading(self.result)
        if self.result.status != "graded":
            yield _text(reading.STATUS_SENTENCES[self.result.status], "yellow")
        for notice in self.result.notices:
            yield _text(clean(notice))
        if self.result.exercises:
            yield _text("")
            yield _scores(self.result, options)
        yield from _next_step(self.result, options)
        yield _text("")
        yield _joined(("Full report: ", ""), (clean_line(str(self.report_path), 1000), "cyan"))


def _heading(result: Result) -> Text:
    score, of = reading.points(result.score), reading.points(result.max_score)
    heading = _joined((clean_line(result.submission, 60), "bold"), ("  ", ""), (f"{score} of {of} points", "bold cyan"))
    if result.awaiting_review > 0:
        heading.append(f", {reading.points(result.awaiting_review)} awaiting review", "cyan")
    return heading


def _scores(result: Result, options: ConsoleOptions) -> Table:
    from rich.table import Table

    narrow = options.max_width < _NARROW
    width = 10 if narrow else 16
    table = Table.grid(padding=(0, 2, 0, 0))
    # Only a title gives way where there is little room: the other columns never wrap.
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column()
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=True)
    for number, exercise in enumerate(result.exercises, 1):
        bar = _bar(exercise, width, ascii_only=options.ascii_only)
        score = f"{reading.points(exercise.score)} of {reading.points(exercise.max_score)}"
        table.add_row(str(number), _text(clean_line(exercise.title, 60)), bar, score, _passed(exercise, narrow=narrow))
    return table


def _bar(exercise: ExerciseResult, width: int, *, ascii_only: bool) -> Text:
    full, rest = ("#", ".") if ascii_only else ("━", "─")
    share = exercise.score / exercise.max_score if exercise.max_score > 0 else 0.0
    filled = int(width * min(max(share, 0.0), 1.0))
    colour = "yellow" if reading.missing(exercise) else "green"
    return _joined((full * filled, colour), (rest * (width - filled), "dim"))


def _passed(exercise: ExerciseResult, *, narrow: bool) -> str:
    passed = sum(check.outcome == "passed" for check in exercise.checks)
    words = f"{passed}/{len(exercise.checks)}" if narrow else f"{passed} of {len(exercise.checks)} checks"
    if exercise.awaiting_review <= 0:
        return words
    return f"{words}, {reading.points(exercise.awaiting_review)} to review"


def _next_step(result: Result, options: ConsoleOptions) -> Iterator[RenderableType]:
    mend = reading.first_to_mend(result)
    opening = reading.opening(result)
    if result.status == "unreadable":
        return
    yield _text("")
    if opening:
        yield _text(opening, "" if mend else "green")
    if mend is None:
        return
    number, exercise = mend
    diagnosis = exercise.diagnoses[0] if exercise.diagnoses else None
    if not reading.untouched(result):
        yield _text(f"First thing to mend: exercise {number}, {clean_line(exercise.title, 80)}", "bold")
        yield from _problem(exercise, diagnosis, options)
    elif diagnosis and diagnosis.hint:
        yield _hint(diagnosis)


def _problem(
    exercise: ExerciseResult, diagnosis: Diagnosis | None, options: ConsoleOptions
) -> Iterator[RenderableType]:
    if diagnosis:
        yield _text(clean_line(diagnosis.title), "yellow")
        yield from _quotation(diagnosis, options)
        yield from _advice(diagnosis)
    elif check := reading.first_failed(exercise):
        yield _text(clean_line(check.title), "yellow")
        if check.message:
            yield _prose(check.message)


def _quotation(diagnosis: Diagnosis, options: ConsoleOptions) -> Iterator[RenderableType]:
    where = clean_line(reading.place(diagnosis, clickable=True))
    if where:
        yield _text(where, "cyan")
    if diagnosis.source:
        edge = "|" if options.ascii_only else "│"
        yield _joined((f"  {edge} ", "dim"), (clean_line(diagnosis.source.strip(), 160), "bold"))


def _advice(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    if diagnosis.explanation:
        yield _text("")
        yield _prose(diagnosis.explanation)
    if diagnosis.hint:
        yield _text("")
        yield _hint(diagnosis)


def _hint(diagnosis: Diagnosis) -> Text:
    return _prose(f"Hint: {diagnosis.hint}")


def _prose(words: str) -> Text:
    prose = _text(clean(words, 1000))
    prose.highlight_regex(r"`[^`\n]+`", "bold")
    return prose


def _text(words: str, style: str = "") -> Text:
    return _joined((words, style))


def _joined(*parts: tuple[str, str]) -> Text:
    from rich.text import Text

    # `Text`, not a string: a string's square brackets are markup to rich, and its words would be coloured.
    return Text.assemble(*parts, overflow="fold")
