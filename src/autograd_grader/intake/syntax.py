"""IPython's syntax in a cell (`%magic`, `!shell`, `help?`) replaced by Python that does nothing, line by line."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from autograd_grader.intake.limits import MAX_BLANK_RUN, MAX_MAGIC_CELL, MAX_MAGIC_WORK, MAX_WORD_RUN

if TYPE_CHECKING:
    from autograd_grader.intake.magics import MagicRemover

INSTALLERS = ("pip", "pip3", "conda", "mamba", "micromamba", "uv", "matplotlib", "load_ext")
"""Magics that notebooks often call without the percent sign, always with a word after them (`pip install torch`)."""

MAY_NEED_IT = re.compile(
    r"^[ \t]*[%!?,;/]"
    r"|=[ \t]*[%!]"
    r"|\?[ \t]*(?:\#[^\n]*)?$"
    rf"|^[ \t]*(?:{'|'.join(INSTALLERS)})[ \t]+\w"
    r"|^[ \t]*(?:>>>|In[ ]\[|\.\.\.)"
    r"|\A(?:[ \t]*\n)*[ \t]+\S",  # a cell that is indented as a whole runs in Jupyter
    re.MULTILINE,
)

COSTLY = re.compile(
    # The look behind has each run counted once, from its beginning.
    rf"(?<![ \t\f])[ \t\f]{{{MAX_BLANK_RUN}}}|(?<![\w*.\[\]-])[\w*.\[\]-]{{{MAX_WORD_RUN}}}"
)

PLAINLY_MAGIC = (
    (re.compile(rf"^([ \t]*)(?:[%!]|(?:{'|'.join(INSTALLERS)})[ \t]+\w).*$", re.MULTILINE), r"\1pass"),
    (re.compile(r"^([ \t]*[\w.]+[ \t]*=[ \t]*)!.*$", re.MULTILINE), r"\1[]"),
    (re.compile(r"^([ \t]*[\w.]+[ \t]*=[ \t]*)%.*$", re.MULTILINE), r"\1None"),
)
"""How magics look, for where they can't be told from the text of strings."""


class Neutralizer:
    """Replaces the special syntax of one submission's cells, within one bound on the work."""

    def __init__(self) -> None:
        self.guesses = 0
        """The cells too costly to tokenise, whose magics were told by their looks."""
        self.is_used_up = False

    def plain(self, source: str) -> str:
        """Give a cell as Python with as many lines."""
        if not MAY_NEED_IT.search(source):
            return source
        if not self.is_used_up and len(source) <= MAX_MAGIC_CELL and not COSTLY.search(source):
            try:
                return self._remover.transform_cell(source)
            except Exception:  # noqa: BLE001, S110 - IPython's tokens over a stranger's text; the plain way can't fail
                pass
            self.is_used_up = self._remover.work < 0
        self.guesses += 1
        for look, replacement in PLAINLY_MAGIC:
            source = look.sub(replacement, source)
        return source

    @cached_property
    def _remover(self) -> MagicRemover:
        from autograd_grader.intake.magics import MagicRemover

        return MagicRemover(MAX_MAGIC_WORK)
