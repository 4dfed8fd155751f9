"""The filter for text that a student controls."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from autograd_grader.text import clean, clean_line


def test_plain_text_is_not_changed() -> None:
    assert clean("f = 3z² + 4z,\n\tπ ≈ 3.14, 梯度 ❤\ufe0f") == "f = 3z² + 4z,\n\tπ ≈ 3.14, 梯度 ❤\ufe0f"


def test_every_control_format_surrogate_and_separator_character_is_replaced() -> None:
    unseen = [
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in "\n\t"
    ]
    assert [c for c in unseen if clean(c) != "\N{REPLACEMENT CHARACTER}"] == []


@pytest.mark.parametrize("character", ["\ufdd0", "\uffff", "\U0010fffe", "\u3164", "\u034f", "\U000e0100"])
def test_noncharacters_and_letters_that_show_nothing_are_replaced(character: str) -> None:
    assert clean(f"a{character}b") == "a\N{REPLACEMENT CHARACTER}b"


def test_a_terminal_escape_becomes_text() -> None:
    assert clean("\x1b]0;pwned\x07\x9b31m") == "�]0;pwned��31m"


def test_a_bidirectional_override_becomes_text() -> None:
    assert clean("a\u202eb\u2066c") == "a�b�c"


def test_windows_line_ends_become_newlines_and_a_lone_return_is_replaced() -> None:
    assert clean("a\r\nb\rc") == "a\nb�c"


def test_a_long_text_says_how_much_was_left_out_and_keeps_to_its_limit() -> None:
    short = clean("x" * 5000)
    assert len(short) == 2000
    kept = short.index("…")
    assert short[kept:] == f"… ({5000 - kept} more characters)"


@pytest.mark.parametrize("limit", [0, 1, 5, 30])
def test_no_limit_is_too_small(limit: int) -> None:
    assert len(clean("x" * 100, limit)) <= max(limit, 1)


@pytest.mark.parametrize("text", ["x" * 5000, "\x1b[0m\r\n\u202e" * 900, "plain"])
def test_a_second_pass_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


def test_a_line_stays_one_line() -> None:
    assert clean_line("a\nb\r\n\tc\u2028d\n") == "a⏎b⏎ c�d"


def test_clean_text_can_be_stored_as_utf_8() -> None:
    assert clean("\ud800").encode() == "�".encode()
