"""Submissions that put hostile text wherever a student's text is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HONEST_PART = 18.0
"""Exercise 3 but for what a person marks, and exercise 4: they are answered rightly, whatever the text says."""

PAYLOADS = {
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)><h1>40 of 40</h1>",
    "an attribute's end": "\"'><svg onload=alert(1)> ' onmouseover='alert(1)",
    "a page's end": "</code></pre></blockquote></style></body></html><h1>40 of 40</h1><!-- ",
    "a style": "<style>*{display:none}</style><link rel=stylesheet href=//x><base href=//x>",
    "a link": "[x](javascript:alert(1)) <a href=javascript:alert(1)>x</a> `<a href=//x>`",
    "Jinja": "{{ 7 * 191 }}{% raw %}{# gone #}{{ cycler.__init__.__globals__ }}",
    "a formula": '=HYPERLINK("http://x","y")',
    "another formula": "+cmd|' /C calc'!A0",
    "a formula after a tab": "\t=1+1\r\n@SUM(A1)\n-1+1",
    "what XML forbids": "\x01\x0b\x1f\ufffe\uffff]]>&x;<?x?><![CDATA[",
    "NUL": "a\x00b",
    "a terminal's escapes": "\x1b[2J\x1b]0;owned\x07\x1b[31m\x9b31m\x1bP+q\x1b\\\x08\x08\x7f",
    "a carriage return": "wrong\r40 of 40\x1b[K",
    "workflow commands": "\n::error file=x,line=1::owned\n::stop-commands::x\n##[error]owned\n::add-mask::0\n",
    "text turned round": "\u202e\u2066fo 04\u2069\u202c\u200b\ufeff",
    "half a character": "\ud800 \udfff",
    "rich markup": "[bold red]owned[/bold red][link=file:///etc/passwd]x[/link]",
    "a very long line": "A" * 300_000,
    "very many lines": "line\n" * 50_000,
    "JSON": '"}], "score": 40, "status": "graded", "x": [{"',
    "a separator": "a,b;c\td\"e'f\n40,40,40,40,40,40,0,graded",
}

_EX1 = """
import torch, warnings

TEXT = {text!r}

class Error(Exception):
    pass

Error.__name__ = Error.__qualname__ = TEXT.replace("\\0", "").encode("utf-8", "replace").decode()[:200]

def single_variable(z0=5.0):
    print(TEXT)
    warnings.warn(TEXT)
    if z0 > 2:
        raise Error(TEXT)
    raise ValueError(TEXT)
"""
_EX2 = """
TEXT = {text!r}
Named = type(TEXT.replace("\\0", "").encode("utf-8", "replace").decode()[:200], (), {{}})

def two_variables(x0=1.5, y0=-2.0):
    if x0 == 1.5:
        return TEXT, {{TEXT: TEXT}}, Named()
    return TEXT
"""
_WHY = "WHY_ZERO = {text!r} + ' gradients add up in each pass, so they have to be zeroed'\n"


def put(path: Path, text: str, files: Mapping[str, str]) -> None:
    """A submission that says `text` in all that is printed, raised, returned, named and explained, and in its paths."""
    path.mkdir()
    ex1, ex2, ex3, ex4 = sorted(files)
    (path / ex1).write_text(_EX1.format(text=text))
    (path / ex2).write_text(_EX2.format(text=text))
    (path / ex3).write_text(files[ex3] + _WHY.format(text=text))
    (path / ex4).write_text(files[ex4])
    named = text.replace("/", "|").replace("\0", "")[:60].encode("utf-8", "replace").decode("utf-8")
    (path / f"{named}.py").write_bytes(b"x = = 1\0")
    (path / "cells.ipynb").write_text('{"cells": 5, "x": ' + repr(text[:99]))


def broken(path: Path, text: str, files: Mapping[str, str]) -> None:
    """A submission whose source is quoted, since it is wrong there: the hostile text stands in that very line."""
    path.mkdir()
    ex1, ex2, ex3, ex4 = sorted(files)
    line = text.replace("\n", " ").replace("\r", " ").encode("utf-8", "replace").decode("utf-8")[:5000]
    (path / ex1).write_text(f"def single_variable(z0):\n    return '''{line}''' = = 1\n")
    (path / ex2).write_text(f"import torch\ndef two_variables(x0, y0):\n    return {line!r}.nothing\n")
    for name in (ex3, ex4):
        (path / name).write_text(files[name])
