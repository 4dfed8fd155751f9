"""Results to report on, built from model records, and a reader for the pages made of them."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser

from autograd_grader.model.result import CheckResult, Diagnosis, ExerciseResult, Result

VOID = {"meta", "br"}
INLINE = {"a", "b", "code", "span", "strong"}


def check(outcome: str = "passed", points: float = 10.0, **fields: object) -> CheckResult:
    """Make a check worth `points`, earned if it passed."""
    known = {"id": "c", "title": "A check", "message": "", "max_points": points}
    earned = points if outcome == "passed" else 0.0
    return CheckResult.model_validate(known | {"outcome": outcome, "points": earned} | fields)


def diagnosis(**fields: object) -> Diagnosis:
    """Make a diagnosis."""
    known = {"slug": "never-called-backward", "title": "`backward` was never called", "line": 14}
    words = {"explanation": "Nothing asked autograd for a gradient.", "hint": "Which call fills `.grad`?"}
    return Diagnosis.model_validate(known | words | fields)


def exercise(number: int, *checks: CheckResult, **fields: object) -> ExerciseResult:
    """Make an exercise whose points are those of its checks."""
    known = {
        "id": f"ex{number}",
        "title": ("A single variable", "Two variables", "Zeroing gradients", "Verify by hand")[number - 1],
        "score": sum(c.points for c in checks),
        "max_score": 10.0,
        "awaiting_review": sum(c.max_points for c in checks if c.outcome == "awaiting_review"),
        "checks": checks,
    }
    return ExerciseResult.model_validate(known | fields)


def explained(text: str) -> ExerciseResult:
    """Make an exercise 3 whose `WHY_ZERO` awaits review."""
    return exercise(3, check(points=8.0), check("awaiting_review", 2.0, id="why", message=text))


def result(*exercises: ExerciseResult, **fields: object) -> Result:
    """Make a result whose points are those of its exercises."""
    known = {
        "submission": "ada",
        "origin": "ada.zip",
        "score": sum(e.score for e in exercises),
        "max_score": 40.0,
        "awaiting_review": sum(e.awaiting_review for e in exercises),
        "status": "graded",
        "exercises": exercises,
        "seed": "7f3a",
        "engine": "0.1.0",
    }
    return Result.model_validate(known | fields)


class Page(HTMLParser):
    """A page as a reader meets it: its elements and its text; fails if they don't nest."""

    def __init__(self, source: Iterable[str]) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed("".join(source))
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._part(tag)
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.words.append(data)

    def _part(self, tag: str) -> None:
        if tag not in INLINE:
            self.words.append(" ")

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    def links(self) -> list[str | None]:
        return [attributes.get("href") for tag, attributes in self.elements if tag == "a"]
