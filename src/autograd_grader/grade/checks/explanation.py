"""Whether a student's text is an explanation at all; what it is worth, a person decides."""

from __future__ import annotations

MIN_WORDS = 5
MIN_CHARACTERS = 10
"""For scripts that are written without spaces."""


def is_explanation(text: str) -> bool:
    """Whether a text has five words, or ten characters in a script without spaces."""
    words = [word for word in text.split() if any(c.isalnum() for c in word)]
    if len(words) >= MIN_WORDS:
        return True
    unspaced = [c for c in text if _is_unspaced(c)]
    return len(unspaced) >= MIN_CHARACTERS


def _is_unspaced(character: str) -> bool:
    """Whether a character is of a script that puts no spaces between words: Han, kana, Thai, Lao, Khmer, Burmese."""
    code = ord(character)
    ranges = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF))
    return any(first <= code <= last for first, last in ranges) or 0x20000 <= code <= 0x3FFFF
