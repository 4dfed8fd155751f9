"""The one filter that text from a student passes before it reaches HTML, XML, CSV or a terminal."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Stands, one for one, for each character that could act on a reader's screen without being seen."""

NEWLINE = "\N{RETURN SYMBOL}"
"""Stands for a line's end in text that must stay on one line."""

# Literal ranges, since a scan of `unicodedata` takes 0.2 s at import; the tests hold them against that scan.
_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 (with ESC, but for tab and newline), DEL, C1 (with the one-byte CSI)
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # fillers: letters that show nothing
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"  # zero width, line separators, bidirectional
    "\ufe00-\ufe0d"  # variation selectors, but for the two that choose between emoji and text
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"  # tags and the rest of what Unicode lets a screen leave out
    "\ud800-\udfff\ufdd0-\ufdef"  # lone surrogates, noncharacters
) + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))

_unseen = re.compile(f"[{_UNSEEN}]")


def clean(text: str, limit: int = 2000) -> str:
    """Make text harmless to show: what could act unseen becomes `\N{REPLACEMENT CHARACTER}`, and length is capped.

    Newlines (CR LF as well) and tabs stay. Of a longer text the result, `limit` characters at most, says how many
    characters were left out. A text that has passed once is not changed by a second pass.
    """
    if len(text) > limit:
        text = _shorten(text, limit)
    if text.isascii() and text.isprintable():
        return text
    return _unseen.sub(REPLACEMENT, text.replace("\r\n", "\n"))


def clean_line(text: str, limit: int = 200) -> str:
    """Make text harmless to show on one line: as `clean`, with newlines shown as a sign and tabs as a space."""
    line = clean(text.rstrip("\r\n"), limit)
    return line.replace("\n", NEWLINE).replace("\t", " ")


def _shorten(text: str, limit: int) -> str:
    kept = limit - len(f"… ({len(text)} more characters)")
    if kept <= 0:
        return text[: max(limit - 1, 0)] + "…"
    return f"{text[:kept]}… ({len(text) - kept} more characters)"
