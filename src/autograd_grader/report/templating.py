"""The template engine: values are filtered and escaped, never markup, and a missing one is an error."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from autograd_grader.report import reading
from autograd_grader.text import clean, clean_line

LONGEST = 4000
"""The most characters of any one text on a page; all of it stands in `report.json`."""

_TEMPLATES = Path(__file__).parent / "templates"
_in_backticks = re.compile(r"`([^`\n]+)`")


def template(name: str) -> Template:
    """Take a page's template, compiled once a process."""
    return _environment().get_template(name)


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "line": clean_line,
        "prose": prose,
        "points": reading.points,
        "percent": percent,
        "folder": folder_link,
    }
    environment.tests["web_link"] = is_web_link
    environment.globals |= {
        "missing": reading.missing,
        "first_failed": reading.first_failed,
        "place": reading.place,
        "points_in_words": reading.points_in_words,
        "OUTCOME_WORDS": reading.OUTCOME_WORDS,
        "STATUS_WORDS": reading.STATUS_WORDS,
        "STATUS_SENTENCES": reading.STATUS_SENTENCES,
    }
    return environment


def _shown(value: object) -> object:
    # Every value of every template comes through here, so that no template can forget the filter.
    return value if isinstance(value, Markup) else clean(str(value), LONGEST)


def prose(text: str, limit: int = 2000) -> Markup:
    """Escape a text and set what stands in backticks as code, the only markup that a text may ask for."""
    escaped = escape(clean(text, limit))
    if "`" not in escaped:
        return escaped
    # As a plain string: `Markup` would escape the tags again where `sub` joins the pieces.
    return Markup(_in_backticks.sub(r"<code>\1</code>", str(escaped)))  # noqa: S704 - escaped above


def is_web_link(link: str | None) -> bool:
    """Tell whether a link may be followed from a page: `https` alone, so never `javascript:` or a file."""
    return link is not None and link.startswith("https://")


def folder_link(submission: str) -> str:
    """Write a submission's folder as a relative link that can't be taken for a scheme or a path of its own."""
    return f"./{quote(submission, safe='')}"


def percent(part: float, whole: float) -> str:
    """Write a share as a CSS length between 0% and 100%."""
    share = part / whole if whole > 0 else 0.0
    return f"{100 * min(max(share, 0.0), 1.0):.4g}%"
