"""The options that several commands share."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeVar

import click

_LONGEST = 3600.0
_Command = TypeVar("_Command", bound=Callable[..., object])


def _seconds(_ctx: click.Context, _parameter: click.Parameter, value: float) -> float:
    if not (math.isfinite(value) and 0 < value <= _LONGEST):
        message = f"a time-out is a number of seconds above 0 and up to {_LONGEST:g}"
        raise click.BadParameter(message)
    return value


timeout_option = click.option(
    "--timeout",
    metavar="SECONDS",
    type=float,
    default=10.0,
    show_default=True,
    callback=_seconds,
    help="How long one call of a function may take.",
)


def sandbox_option(default: str) -> Callable[[_Command], _Command]:
    """The option `--sandbox`."""
    return click.option(
        "--sandbox",
        type=click.Choice(["strict", "basic"]),
        default=default,
        show_default=True,
        help="strict: refuse to start where a layer of the sandbox is missing; basic: use what there is.",
    )
