"""What was observed of three of the sample class: one all right, two with something wrong in every exercise."""

from __future__ import annotations

from pathlib import Path

from autograd_grader.model.observation import Observation
from autograd_grader.model.submission import Cell, SourceFile, Submission

_FOLDER = Path(__file__).parents[1] / "observe" / "recorded"

ALMA, ROSA, UMUT = (
    Observation.model_validate_json((_FOLDER / f"{name}.json").read_bytes()) for name in ("alma", "rosa", "umut")
)


def submission_of(seen: Observation) -> Submission:
    """A submission with the files that an observation names."""
    paths = {path: seen.sources.get(path, "") for path in (facts.path for facts in seen.facts)}
    files = tuple(SourceFile(path=path, cells=(Cell(source=text),)) for path, text in paths.items())
    return Submission(id=seen.submission, origin=seen.origin, files=files)
