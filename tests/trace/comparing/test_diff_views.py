"""Differences read the same as text, as JSON and as a page."""

import json

from simulator.printable import REPLACEMENT
from simulator.trace.comparing.diff import Change
from simulator.trace.comparing.diff_views import STYLE, html, text, to_json
from simulator.trace.policy import policy

FIELD = Change(
    "joins/a", "1 send", "a -> b", "deliver_message #1 request", "DSRequest", "version", "uint16 1", "uint32 1"
)
GONE = Change("joins/a", "1 send", "a -> b", "deliver_message #2", field="message", old="deliver_message: 200")
ADDED = Change("joins/b", "2 sync", "alice.phone", field="noticed", new="Rejected <b>aead</b>")


def test_text_has_a_line_for_each_change_below_its_place() -> None:
    assert text([FIELD, GONE, ADDED]).splitlines() == [
        "joins/a",
        "  step 1 send, a -> b, deliver_message #1 request",
        "    DSRequest version: uint16 1 -> uint32 1",
        "  step 1 send, a -> b, deliver_message #2",
        "    message gone: deliver_message: 200",
        "joins/b",
        "  step 2 sync, alice.phone",
        "    noticed added: Rejected <b>aead</b>",
        "3 differences",
    ]
    assert text([]) == "no differences"
    assert text([Change("all 2 scenarios", field="seed", old="1", new="2")]).splitlines() == [
        "all 2 scenarios",
        "    seed: 1 -> 2; the bytes that a seed makes are not compared",
        "1 difference",
    ]


def test_json_has_the_parts_that_there_are() -> None:
    said = json.loads(json.dumps(to_json([GONE])))
    assert said == {
        "same": False,
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
    }
    assert to_json([]) == {"same": True, "changes": []}


def test_the_page_keeps_words_words_and_needs_nothing_else() -> None:
    counted = Change("joins/b", "2 sync", field="bytes", new="2 byte strings")
    page = html([FIELD, ADDED, counted], "a & b")
    assert "Rejected &lt;b&gt;aead&lt;/b&gt;" in page
    assert "a &amp; b" in page
    assert "uint32 1" in page
    assert "http:" not in page
    assert "https:" not in page
    assert "light dark" in page
    assert page.count('<td class="old">') == 1
    assert '<td colspan="2" class="quiet">2 byte strings</td>' in page
    assert '<li><a href="#s2">joins/b</a> <span class="quiet">2 differences</span></li>' in page
    assert "No differences" in html([], "x")


UNSEEN = Change("a\x1b[2J", "1 \x00", "a -> b", "/\u2028\x9b", field="x\u202e", old="o\x1bd", new="n\nw")


def test_what_cannot_be_seen_is_replaced_in_text_and_page() -> None:
    for said in (text([UNSEEN]), html([UNSEEN], "a\x1b")):
        assert f"o{REPLACEMENT}d" in said
        assert all(each.isprintable() for each in said.replace("\n", ""))
    assert f"o{REPLACEMENT}d -> n{REPLACEMENT}w" in text([UNSEEN])


def test_the_page_allows_its_style_and_nothing_else() -> None:
    for changes in ([], [FIELD]):
        page = html(changes, "a")
        assert f'<meta http-equiv="Content-Security-Policy" content="{policy(STYLE)}">' in page
        assert f"<style>{STYLE}</style>" in page
        assert "script" not in page
    assert "unicode-bidi: isolate" in STYLE
