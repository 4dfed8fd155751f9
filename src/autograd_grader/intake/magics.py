"""IPython's own search for magics, with what it finds replaced by `pass`, `[]` or `None`; imported only when needed."""

from __future__ import annotations

import tokenize
from typing import Any

from IPython.core import inputtransformer2 as ipython

from autograd_grader.intake.syntax import INSTALLERS


class _Replaced(ipython.TokenTransformBase):
    """One instance of special syntax; IPython folds continued lines into one, which is undone here."""

    replacement = "pass"

    def transform(self, lines: list[str]) -> list[str]:
        transformed: list[str] = super().transform(lines)
        start = self.start_line
        call = transformed[start]
        if "get_ipython()" in call:  # and not, say, a `/f x`, which calls the student's own `f`
            call = lines[start][: self.start_col] + self.replacement + "\n"
        lost = len(lines) - len(transformed)
        return [*transformed[:start], call, *["\n"] * lost, *transformed[start + 1 :]]


class _MagicAssign(_Replaced, ipython.MagicAssign):
    replacement = "None"


class _SystemAssign(_Replaced, ipython.SystemAssign):
    replacement = "[]"


class _EscapedCommand(_Replaced, ipython.EscapedCommand):
    """A line that starts with `%`, `!` or `?`."""


class _HelpEnd(_Replaced, ipython.HelpEnd):
    """A line that ends with `?`."""


class _Installer(ipython.TokenTransformBase):
    """A magic without its percent sign."""

    @classmethod
    def find(cls, tokens_by_line: list[list[tokenize.TokenInfo]]) -> _Installer | None:
        for line in tokens_by_line:
            words = [token for token in line if token.type not in {tokenize.INDENT, tokenize.DEDENT}][:2]
            if len(words) == 2 and words[0].string in INSTALLERS and words[1].type == tokenize.NAME:
                return cls(words[0].start)
        return None

    def transform(self, lines: list[str]) -> list[str]:
        start = self.start_line
        end = min(ipython.find_end_of_continued_line(lines, start), len(lines) - 1)
        call = lines[start][: self.start_col] + "pass\n"
        return [*lines[:start], call, *["\n"] * (end - start), *lines[end + 1 :]]


class MagicRemover(ipython.TransformerManager):
    """IPython's transformer for cells, less what moves lines; raises `RuntimeError` when its work is used up."""

    def __init__(self, work: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.work = work
        self.cleanup_transforms: list[Any] = [ipython.leading_indent, ipython.classic_prompt, ipython.ipython_prompt]
        self.line_transforms: list[Any] = []  # cell magics have been dealt with
        self.token_transformers: list[Any] = [_MagicAssign, _SystemAssign, _EscapedCommand, _HelpEnd, _Installer]

    def do_one_token_transform(self, lines: list[str]) -> tuple[bool, list[str]]:
        """Replace the first magic, which costs IPython a look at every token of the cell."""
        self.work -= sum(map(len, lines))
        if self.work < 0:
            msg = "the notebook has too many magics"
            raise RuntimeError(msg)
        transformed: tuple[bool, list[str]] = super().do_one_token_transform(lines)  # type: ignore[no-untyped-call]
        return transformed
