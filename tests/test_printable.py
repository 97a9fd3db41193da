"""Text of files and peers, made fit to be shown."""

import os

import pytest

from simulator.printable import REPLACEMENT, is_text, printable, printable_lines

UNSEEN = [
    "\x00",
    "\x08",
    "\x1b",
    "\x7f",
    "\x9b",
    "\r",
    "\n",
    "\u2028",
    "\u2029",
    "\u202e",
    "\ud800",
    "\ufffe",
    "\uffff",
]


@pytest.mark.parametrize("character", UNSEEN, ids=ascii)
def test_what_cannot_be_seen_is_replaced(character: str) -> None:
    assert printable(f"a{character}b") == f"a{REPLACEMENT}b"


def test_what_can_be_seen_stays() -> None:
    assert printable("Grüße, 日本 💯 :100:\t<b>") == "Grüße, 日本 💯 :100:\t<b>"


def test_a_long_text_is_cut_and_says_so() -> None:
    assert printable("abcdef", limit=6) == "abcdef"
    assert printable("abcdefg\x1b", limit=6) == "abcdef ..."


def test_lines_stay_lines() -> None:
    assert printable_lines("a\x1b\nb\r\n") == f"a{REPLACEMENT}\nb{REPLACEMENT}\n"


def test_a_name_is_text_where_its_bytes_are_utf_8() -> None:
    assert is_text(os.fsdecode("Grüße 💯".encode()))
    assert not is_text(os.fsdecode(b"a\xffb"))
