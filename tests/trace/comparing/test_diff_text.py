"""Findings for a terminal and for a pull request."""

from dataclasses import replace

from simulator.printable import REPLACEMENT
from simulator.trace.comparing.change import Change
from simulator.trace.comparing.diff_text import markdown, text
from simulator.trace.comparing.findings import Findings
from simulator.trace.comparing.layouts import LayoutFinding
from simulator.trace.comparing.traffic import TrafficChange
from simulator.trace.comparing.verdicts import VerdictChange
from simulator.trace.layout.comparing import Change as LayoutChange
from simulator.trace.layout.comparing import Kind

FIELD = Change(
    "joins/a", "1 send", "a -> b", "deliver_message #1 request", "DSRequest", "version", "uint16 1", "uint32 1"
)
GONE = Change("joins/a", "1 send", "a -> b", "deliver_message #2", field="message", old="deliver_message: 200")
ADDED = Change("joins/b", "2 sync", "alice.phone", field="noticed", new="Rejected aead")
ADDED_FIELD = LayoutChange(Kind.field_added, "X", "y", "", "uint8", "X: field y (uint8) added at the beginning")
LAYOUT = LayoutFinding(ADDED_FIELD, messages=2, scenarios=1, before=5, after=7, example="a, b")
DROPPED = VerdictChange("R-1", 2, 0, ("joins/a",))
FOUND = Findings(changes=(FIELD, GONE, ADDED), scenarios=5, same=3)


def test_what_is_alone_has_a_line_below_its_place_but_for_what_is_told_first() -> None:
    assert text(FOUND).splitlines() == [
        "deliver_message: message gone: deliver_message: 200",
        "    joins/a, step 1 send, a -> b, deliver_message #2",
        "joins/a",
        "  step 1 send, a -> b, deliver_message #1 request",
        "    DSRequest version: uint16 1 -> uint32 1",
        "joins/b",
        "  step 2 sync, alice.phone",
        "    noticed added: Rejected aead",
        "3 differences; 3 of 5 scenarios the same",
    ]
    assert text(Findings()) == "no differences"


def test_the_protocol_s_words_come_first_and_what_is_alike_is_told_once() -> None:
    other = replace(GONE, scenario="joins/b")
    found = replace(FOUND, layout=(LAYOUT,), verdicts=(DROPPED,), changes=(GONE, other))
    assert text(found).splitlines() == [
        "X: field y (uint8) added at the beginning",
        "    in 2 messages of 1 scenario, 5 -> 7 bytes; first: a, b",
        "R-1 refuses nothing any more: 2 before, in joins/a",
        "2 times in 2 scenarios: deliver_message: message gone: deliver_message: 200",
        "    first: joins/a, step 1 send, a -> b, deliver_message #2",
        "1 change of the layout, 2 differences; 3 of 5 scenarios the same but for that",
    ]
    assert text(found, every=True).count("message gone") == 3


def test_a_summary_can_be_pasted_into_a_pull_request() -> None:
    traffic = TrafficChange("ask", (1, 2), (10, 20))
    found = replace(FOUND, layout=(LAYOUT,), verdicts=(DROPPED,), traffic=(traffic,))
    assert markdown(found).splitlines() == [
        "### What this changes on the wire",
        "",
        "- layout: X: field y (uint8) added at the beginning (2 messages)",
        "- verdict: R-1 refuses nothing any more: 2 before, in joins/a",
        "- traffic: ask: 1 -> 2 messages, 10 -> 20 bytes",
        "- otherwise: 3 differences in 2 scenarios",
        "- unchanged: 3 of 5 scenarios but for the layout",
    ]


def test_a_seed_and_what_it_makes_are_told_as_such() -> None:
    seed = Change("all 2 scenarios", field="seed", old="1", new="2")
    random = Change("a", "1 send", "a -> b", "ask #1 request", field="bytes", new="3")
    told = text(Findings(changes=(seed, random, replace(random, scenario="b"))))
    assert "seed: 1 -> 2; the bytes that a seed makes are not compared" in told
    assert "2 times in 2 scenarios: 6 byte strings that a seed makes have other content" in told


def test_what_cannot_be_seen_is_replaced() -> None:
    unseen = Change("a\x1b[2J", "1 \x00", "a -> b", "/\u2028\x9b", field="x\u202e", old="o\x1bd", new="n\nw")
    said = text(Findings(changes=(unseen,)))
    assert f"o{REPLACEMENT}d -> n{REPLACEMENT}w" in said
    assert all(each.isprintable() for each in said.replace("\n", ""))
