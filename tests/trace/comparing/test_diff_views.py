"""Differences read the same as JSON and as a page."""

import json
from dataclasses import replace

from simulator.printable import REPLACEMENT
from simulator.trace.comparing.change import Change
from simulator.trace.comparing.diff_views import STYLE, html, to_json
from simulator.trace.comparing.findings import Findings
from simulator.trace.policy import policy
from tests.trace.comparing.test_diff_text import ADDED, FIELD, FOUND, GONE, LAYOUT


def test_json_has_all_parts_that_there_are() -> None:
    found = to_json(replace(FOUND, layout=(LAYOUT,), changes=(GONE,)))
    assert json.loads(json.dumps(found)) == {
        "same": False,
        "layout": [
            {
                "kind": "field added",
                "subject": "X",
                "part": "y",
                "before": "",
                "after": "uint8",
                "sentence": "X: field y (uint8) added at the beginning",
                "messages": 2,
                "scenarios": 1,
                "example": "a, b",
            }
        ],
        "verdicts": [],
        "causes": [
            {"what": "deliver_message: message gone: deliver_message: 200", "times": 1, "scenarios": ["joins/a"]}
        ],
        "changes": [
            {
                "scenario": "joins/a",
                "step": "1 send",
                "where": "a -> b",
                "message": "deliver_message #2",
                "field": "message",
                "old": "deliver_message: 200",
            }
        ],
        "traffic": [],
        "scenarios": 5,
        "unchanged": 3,
    }
    assert to_json(Findings())["same"] is True


def test_the_page_keeps_words_words_and_needs_nothing_else() -> None:
    words = replace(ADDED, new="Rejected <b>aead</b>")
    counted = Change("joins/b", "2 sync", field="bytes", new="2")
    page = html(Findings(layout=(LAYOUT,), changes=(FIELD, words, counted)), "a & b")
    assert "Rejected &lt;b&gt;aead&lt;/b&gt;" in page
    assert "a &amp; b" in page
    assert "<li>X: field y (uint8) added at the beginning<br>" in page
    assert "http:" not in page
    assert "https:" not in page
    assert "light dark" in page
    assert page.count('<td class="old">') == 1
    assert '<td colspan="2" class="quiet">2 byte strings of the same length, with other content</td>' in page
    assert '<li><a href="#s2">joins/b</a> <span class="quiet">2</span></li>' in page
    assert "No differences" in html(Findings(), "x")


def test_what_is_alike_in_many_places_is_told_once() -> None:
    page = html(Findings(changes=(FIELD, replace(FIELD, scenario="joins/b"))), "x")
    assert page.count("Alike in many places") == 1
    assert "2 times in 2 scenarios; first: joins/a" in page


def test_what_cannot_be_seen_is_replaced() -> None:
    unseen = Change("a\x1b[2J", "1 \x00", "a -> b", "/\u2028\x9b", field="x\u202e", old="o\x1bd", new="n\nw")
    said = html(Findings(changes=(unseen,)), "a\x1b")
    assert f"o{REPLACEMENT}d" in said
    assert all(each.isprintable() for each in said.replace("\n", ""))


def test_the_page_allows_its_style_and_nothing_else() -> None:
    for found in (Findings(), FOUND):
        page = html(found, "a")
        assert f'<meta http-equiv="Content-Security-Policy" content="{policy(STYLE)}">' in page
        assert f"<style>{STYLE}</style>" in page
        assert "script" not in page
    assert "unicode-bidi: isolate" in STYLE
