"""A golden trace reads as what happened."""

from dataclasses import replace

from simulator.trace import Dissection, Node
from simulator.trace.comparing.canonical import canonical
from simulator.trace.comparing.golden_text import Telling, golden_text
from tests.trace.examples import EXCHANGE, JOINED, trace


def test_a_golden_trace_reads_as_what_happened() -> None:
    first, step, flow, message, noticed = golden_text(canonical(trace(EXCHANGE, JOINED))).splitlines()
    assert (first, step, flow) == ("mimi-transport-00 seed 7: passed", "step 1 send: passed", "  b.example > a.example")
    assert message.startswith("    deliver_message POST 200 10>6 | bytes=@")
    assert noticed == "  alice.phone: Joined 2"


def test_octets_that_are_no_text_stay_on_their_line() -> None:
    octets = Dissection(Node("text", "", "text", "a\r\x1eb \n\tc", 0, 8))
    line = golden_text(canonical(replace(trace(EXCHANGE), dissect=lambda *_: octets))).splitlines()[3]
    assert line.endswith("| text=a\\x0d\\x1eb_\\x0a\\x09c | text=a\\x0d\\x1eb_\\x0a\\x09c")


def test_by_another_layout_sizes_and_what_is_malformed_are_not_told() -> None:
    malformed = Dissection(Node("Example", "", "Example", "", 0, 1, (Node("a", "a", "uint8", "1", 0, 1),)), "cut off")
    run = canonical(replace(trace(EXCHANGE), dissect=lambda *_: malformed))
    assert "10>6 | a=1 | a=1" in golden_text(run)
    telling = Telling(sized_otherwise=lambda body: body.size == 10, touched=lambda endpoint, part: part == "request")
    assert "?>6 | ?= | a=1" in golden_text(run, telling)
