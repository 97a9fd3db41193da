"""What may stand in a Mermaid diagram: entities for all that means something to it, and no first word of a box."""

import re

import pytest

from simulator.printable import REPLACEMENT
from simulator.trace.drawing.mermaid import LONGEST, NOTHING, box, label

MEANING = ["%%{init: {}}%%", "%% rest", "$$x^2$$", "a;b", "a#b", "#35;", "a & b", "&lt;", "<br/>", r"a\nb", "ﬂ°°35¶ß"]
COLOURS = [
    "red", "tan", "initial", "inherit", "unset", "revert", "revert-layer", "transparent", "currentcolor", "field",
    "mark", "menu", "canvas", "rgb(1, 2, 3)", "rgba(0 0 0 / 5%)", "hsl(1 2% 3%)", "oklch(1 0 0)", "color(srgb 1 0 0)",
    "light-dark(red, tan)", "#fff", "RED",
]  # fmt: skip


def seen(text: str) -> str:
    """What Mermaid shows where a label stands."""
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), text)


@pytest.mark.parametrize("text", [*MEANING, "style:a#b;c", "classDef x:y#z;", "wrap:x", ":nowrap: y", "end", "über 💯"])
def test_a_label_is_shown_as_it_is_and_means_nothing(text: str) -> None:
    said = label(text)
    assert seen(said) == text
    bare = re.sub(r"#\d+;", "", said)
    assert not re.search(r"[;#<>&%$\\]|ﬂ|¶|style|classDef|^:?(no)?wrap:", bare)


def test_a_label_is_one_line_of_what_can_be_seen() -> None:
    assert label(" a\n\tb\u2028c\x1b[31m\x00\u202e\x9b ") == f"a b c{REPLACEMENT}[31m{REPLACEMENT * 3}"
    assert label("") == label(" \n ") == NOTHING


def test_a_long_label_is_cut() -> None:
    assert label("x" * 1_000_000) == f"{'x' * LONGEST} ..."


@pytest.mark.parametrize("colour", COLOURS)
def test_a_box_has_no_colour_whatever_its_title_begins_with(colour: str) -> None:
    assert box(f"{colour}.example").startswith("box transparent ")
    assert seen(box(f"{colour} b").removeprefix("box transparent ")) == f"{colour} b"
