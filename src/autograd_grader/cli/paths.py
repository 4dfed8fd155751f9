"""The type of every path on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


class _NamedPath(click.Path):
    """A path that has a name: an empty one, from a shell variable that is not set, would mean the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - click's signature
        if value == "":
            self.fail("it is empty; name a file or a folder", param, ctx)
        return super().convert(value, param, ctx)


PATH = _NamedPath(path_type=Path)
