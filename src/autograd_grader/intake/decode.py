"""A Python file's bytes as text: as Python reads them, and where Python would refuse, without losing the work."""

from __future__ import annotations

import codecs
import io
import tokenize

from autograd_grader.intake.names import clean

WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

SLOW_CODECS = frozenset({"punycode", "idna"})
"""They take quadratic time, and no editor saves a file in them."""


def decode(data: bytes) -> tuple[str, str | None]:
    r"""Give the text with `\n` line ends, and what was odd about its encoding, if anything."""
    text, oddity = _decoded(data)
    return normalized(text), oddity


def normalized(text: str) -> str:
    r"""Give valid Unicode with `\n` line ends, as `compile` would make them."""
    return clean(text).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> tuple[str, str | None]:
    for mark, encoding in WIDE_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), f"it is saved as {encoding.upper()}; save it as UTF-8"
    try:
        return _as_python_does(data), None
    except (SyntaxError, LookupError, ValueError):
        return _as_it_may_be(data)


def _as_python_does(data: bytes) -> str:
    """Decode by byte-order mark and coding cookie (PEP 263); raise as Python would."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    if codecs.lookup(encoding).name in SLOW_CODECS:
        raise LookupError(encoding)
    return data.decode(encoding)


def _as_it_may_be(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8-sig"), "its coding line does not fit its text; it was read as UTF-8"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "it is not saved as UTF-8; it was read as Latin-1, so some letters may be wrong"
