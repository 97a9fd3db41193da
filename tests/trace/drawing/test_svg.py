"""Plots as SVG: any text can be in them, and none of it ends the process."""

from xml.etree import ElementTree

import pytest

from simulator.printable import REPLACEMENT
from simulator.trace.drawing.svg import LONGEST, svg

UNSEEN = [*map(chr, range(32)), "\x7f", "\x85", "\x9b", "\u2028", "\u2029", "\u202e", "\ud800", "\ufffe", "\uffff"]
"""What ends a process, or a picture, where it gets to the converter."""

FRIENDLY = ["<b>&amp;</b>", "]]>", "Grüße, 日本 💯", "שלום", "${path}", "datum.n", 'a"b\\c']


def bars(*names: str) -> dict[str, object]:
    """A bar for each name; the names stand in the data, in an order, in a domain, in titles and as a field's name."""
    rows = [{"name": name, names[0]: number} for number, name in enumerate(names, 1)]
    return {
        "title": {"text": names[0], "subtitle": list(names)},
        "data": {"values": rows},
        "mark": "bar",
        "encoding": {
            "x": {"field": "number", "type": "quantitative", "title": names[0]},
            "y": {"field": "name", "type": "nominal", "sort": list(names)},
            "color": {"field": "name", "type": "nominal", "scale": {"domain": list(names)}},
        },
    }


def texts(picture: str) -> set[str]:
    found = ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")
    return {"".join(each.itertext()) for each in found}


def test_what_cannot_be_seen_is_replaced_wherever_it_stands() -> None:
    shown = texts(svg(bars(*(f"{number} a{character}b" for number, character in enumerate(UNSEEN)))))
    tab = UNSEEN.index("\t")
    assert {f"{number} a{REPLACEMENT}b" for number in range(len(UNSEEN)) if number != tab} <= shown


@pytest.mark.parametrize("text", FRIENDLY)
def test_what_can_be_seen_stays(text: str) -> None:
    assert text in texts(svg(bars(text)))


def test_characters_of_two_utf_16_units_are_not_cut_in_two() -> None:
    names = ["x" * count + "\N{LINEAR B SYLLABLE B008 A}" * 100 for count in range(2)]
    assert set(names) <= texts(svg(bars(*names)))


def test_a_long_text_is_cut() -> None:
    shown = texts(svg(bars("x" * 1_000_000)))
    assert f"{'x' * LONGEST} ..." in shown
    assert sum(map(len, shown)) < 10 * LONGEST


def test_numbers_and_nothing_stay_what_they_are() -> None:
    picture = svg({"data": {"values": [{"n": 1, "y": None}, {"n": 2.5, "y": True}]}, "mark": "point", "encoding": {}})
    assert ElementTree.fromstring(picture).tag.endswith("svg")
