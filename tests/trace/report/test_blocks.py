"""Blocks hold what was put in, byte for byte, and begin anew when they are large."""

import base64
import gzip
import json
from typing import Any

from simulator.trace import Dissection, Node, Recorder, Trace
from simulator.trace.report.blocks import BLOCK, Blocks, packed
from tests.trace.examples import trace
from tests.trace.report.runs import HEADER, HOSTILE, dissect, exchange, forwarded
from tests.trace.tokens.exchanges import challenged
from tests.trace.tokens.exchanges import exchange as exchange_of_the_draft


def unpacked(text: str) -> tuple[dict[str, Any], bytes]:
    """A block's JSON and its bodies."""
    block = gzip.decompress(base64.b64decode(text))
    size = int.from_bytes(block[:4], "big")
    return json.loads(block[4 : 4 + size]), block[4 + size :]


def test_bodies_headers_and_trees_are_there_again() -> None:
    trace, blocks = forwarded(), Blocks()
    assert blocks.add(trace) == [(0, "b0")]
    content, bodies = unpacked(blocks.parts["b0"])
    first, sent = content["items"][0], trace.exchanges[0]
    at, size = first["request"]["at"]
    assert bodies[at : at + size] == sent.request
    assert first["request"]["headers"] == [list(header) for header in sent.request_headers]
    name, kind, offset, length, _, children = first["request"]["tree"]
    assert (content["names"][name], content["names"][kind], offset, length) == ("Greeting", "Greeting", 0, 72)
    assert [content["names"][child[0]] for child in children] == ["version", "greeting", "items"]


def test_of_bytes_in_a_tree_only_the_length_is_kept() -> None:
    blocks = Blocks()
    blocks.add(forwarded())
    content, _ = unpacked(blocks.parts["b0"])
    items = content["items"][0]["request"]["tree"][5][2]
    assert [item[4] for item in items[5]] == [16, 16, 16, 16]


def test_an_exchange_without_an_answer_has_none() -> None:
    blocks = Blocks()
    blocks.add(forwarded())
    content, _ = unpacked(blocks.parts["b0"])
    assert [item["answer"] is None for item in content["items"]] == [False, False, True, False]


def test_a_large_trace_is_cut_into_blocks_that_say_where_they_begin() -> None:
    recorder, blocks = Recorder(), Blocks()
    for number in range(5):
        recorder.add(exchange(number, request=bytes(BLOCK // 2 + 1), endpoint="other"))
    assert blocks.add(Trace(HEADER, recorder.events, dissect)) == [(0, "b0"), (2, "b1"), (4, "b2")]
    assert [len(unpacked(text)[0]["items"]) for text in blocks.parts.values()] == [2, 2, 1]


def test_what_is_packed_has_no_character_of_markup_and_is_always_the_same() -> None:
    text = packed(HOSTILE.encode())
    assert not set(text) & set("<>&\"'")
    assert text == packed(HOSTILE.encode())


def test_a_long_text_in_a_tree_is_cut() -> None:
    leaf = Node("text", "text", "utf8<V>", "x" * 1_000_000, 0, 8)
    trace = Trace(HEADER, forwarded().events, lambda *_: Dissection(Node("Text", "", "Text", "", 0, 8, (leaf,))))
    blocks = Blocks()
    blocks.add(trace)
    content, _ = unpacked(blocks.parts["b0"])
    assert content["items"][0]["request"]["tree"][5][0][4] == "x" * 1000 + "… (1,000,000 characters)"


def test_what_headers_say_of_tokens_is_beside_them() -> None:
    blocks = Blocks()
    blocks.add(trace(challenged(), exchange_of_the_draft()))
    wanted, other = unpacked(blocks.parts["b0"])[0]["items"]
    place, said, values = wanted["answer"]["meanings"][0]
    assert wanted["answer"]["headers"][place][0] == "WWW-Authenticate"
    assert said == wanted["tokens"]
    assert dict(values)["challenge.origin_info"] == "ds.b.example"
    assert (other["tokens"], other["request"]["meanings"]) == ("", [])
