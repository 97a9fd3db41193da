"""Target: what application messages of mimi-protocol-06 say: CBOR, with a tag beside it and a Frank of the hub."""

from typing import Any

import cbor2

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.content.franking import FrankingKeys, ServerFrankingContext, frank
from simulator.drafts.mimi_protocol_06.content.franking_tag import authenticated_data, franking_tag
from simulator.drafts.mimi_protocol_06.content.mimi_content import SALT_SIZE
from simulator.drafts.mimi_protocol_06.content.received import Received, read_content
from simulator.drafts.mimi_protocol_06.content.reported import FrankedRoom, check_reported
from simulator.drafts.mimi_protocol_06.messages.abuse_report import AbusiveMessage
from simulator.drafts.mimi_protocol_06.room.franking_agent import FrankingAgentData
from simulator.mls.crypto.suite import cipher_suite
from simulator.mls.errors import MLSError
from simulator.mls.tree.credential import BasicCredential
from simulator.mutation.cases import Case, Shot
from simulator.mutation.edits import some_cuts
from simulator.mutation.properties import hold
from simulator.mutation.randomness import Random, seeded

HUB, ROOM, BOB = "mimi://a.example", "mimi://a.example/r/clubhouse", "mimi://b.example/u/bob"
SUITE = cipher_suite(1)
SALT = bytes(range(SALT_SIZE))
TIME = 1_767_225_600_000
"""Milliseconds since 1970."""
KEYS = FrankingKeys(b"\x42" * 32, b"\x07" * 32)
CONTEXT = ServerFrankingContext(BOB, ROOM, TIME)
AGENT = FrankingAgentData(SUITE.signature.key_pair(KEYS.private_key).public, BasicCredential(HUB.encode()))

_SINGLE = [1, "", 1, "text/plain;charset=utf-8", b"Hi"]
_EXTERNAL = [6, "en", 2, "video/mp4", "https://a.example/1", 0, 9, 1, b"k", b"n", b"", 1, b"h", "", "a.mp4"]
_NAMES = {1: BOB, 2: ROOM}

CONTENTS: dict[str, list[Any]] = {
    "text": [SALT, None, b"", None, None, _NAMES, _SINGLE],
    "reply": [SALT, b"\x01" * 32, b"beer", [True, 60], b"\x01" * 32, {**_NAMES, "x": 1.5, -1: None}, _SINGLE],
    "nothing": [SALT, None, b"", None, None, _NAMES, [0, "", 0]],
    "video": [SALT, None, b"", None, None, _NAMES, _EXTERNAL],
    "parts": [SALT, None, b"", None, None, _NAMES, [1, "", 3, 2, [_EXTERNAL, [1, "", 3, 0, [_SINGLE, _SINGLE]]]]],
}
"""One of each kind."""

ODD: tuple[Any, ...] = (
    *(None, True, 0, 1, 3, -1, 255, 256, 2**32, 2**64 - 1, 2**64, -(2**70), 1.5, float("nan"), float("inf")),
    *("", "é", "\ud800", "x" * 300, b"", b"\x00" * 16, b"\x00" * 32, [], [None], {}, {1: 1}, {"": 0}, {b"k": 0}),
    *(cbor2.CBORTag(0, "2026-01-01T00:00:00Z"), cbor2.CBORTag(258, [1]), cbor2.CBORSimpleValue(99), cbor2.undefined),
)
"""What may stand in the place of any value."""


class Contents:
    """A receiver reads a message or rejects it, and so does a hub to whom it is reported; there is no third way."""

    name = "contents"

    def case(self, rng: Random) -> Case:
        """Some content with a value replaced, or bytes altered, or both."""
        name = rng.choice(list(CONTENTS))
        value: Any = CONTENTS[name]
        for _ in range(rng.choice((0, 1, 1, 2))):
            value = _altered(value, rng)
        data = _encoded(value, canonical=rng.random() < 0.7) or b"\xf6"
        cuts = some_cuts(data, tuple, rng) if rng.random() < 0.4 else ()
        return Case(name, data, cuts=cuts)

    def shot(self, case: Case) -> Shot:
        """The bytes, and what is beside them."""
        data = case.seed
        for cut in case.cuts:
            data = cut.apply(data)
        rng = seeded(data)
        tag = franking_tag(data[2 : 2 + SALT_SIZE], data) if rng.random() < 0.8 else rng.randbytes(32)
        beside = authenticated_data(tag if rng.random() < 0.9 else None)
        return {"data": data.hex(), "tag": tag.hex(), "beside": beside.hex(), "franked": rng.random() < 0.8}

    def place(self, case: Case) -> str:
        """The kind of content."""
        return case.name

    async def fire(self, shot: Shot) -> str:
        """Let a member read it, and the hub judge it."""
        data, tag = bytes.fromhex(shot["data"]), bytes.fromhex(shot["tag"])
        stamped = frank(tag, CONTEXT, KEYS, SUITE)
        given = stamped if shot["franked"] else None
        received = Received(data, bytes.fromhex(shot["beside"]), BOB, ROOM, HUB, TIME, given)
        reported = AbusiveMessage(data, stamped, TIME)
        encode(reported)
        try:
            said = read_content(received, AGENT, SUITE)
        except MLSError as error:
            read = error.rule
        else:
            read = ", ".join(doubt.rule for doubt in said.doubts) or "read"
        try:
            check_reported(reported, BOB, FrankedRoom(ROOM, HUB, KEYS.hub_key, AGENT, SUITE))
        except MLSError as error:
            return f"{read}; reported: {error.rule}"
        hold(read in ("read", "frank_invalid", "frank_missing"), f"the hub believes what members call {read}")
        return f"{read}; reported: taken"


def _altered(value: Any, rng: Random) -> Any:
    """Another value somewhere in it."""
    if not isinstance(value, list | dict) or not value or rng.random() < 0.15:
        return rng.choice(ODD)
    if isinstance(value, dict):
        key = rng.choice(list(value))
        return {**value, key: _altered(value[key], rng)}
    at = rng.randrange(len(value))
    match rng.randrange(8):
        case 0:
            return value[:at] + value[at + 1 :]
        case 1:
            return [*value[:at], rng.choice(ODD), *value[at:]]
        case 2:
            return [value] * rng.choice((1, 2, 40))
    return [*value[:at], _altered(value[at], rng), *value[at + 1 :]]


def _encoded(value: Any, *, canonical: bool) -> bytes | None:
    try:
        return cbor2.dumps(value, canonical=canonical)
    except (cbor2.CBOREncodeError, ValueError, TypeError):
        return None
