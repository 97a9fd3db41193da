import random
import sys
from contextlib import suppress
from dataclasses import replace

import cbor2
import pytest

from simulator.drafts.mimi_protocol_06.content.external_part import ExternalPart
from simulator.drafts.mimi_protocol_06.content.mimi_content import (
    MIMIContent,
    decode_content,
    decode_part,
    encode_content,
    encode_external,
    encode_part,
    loaded_cbor2,
    message_id,
)
from simulator.errors import SimulatorError
from simulator.mls.errors import InvalidMessage
from simulator.rules import Enforcement, enforced_by
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.messages_said import BOB, CONTENT, ROOM, SALT

SINGLE = [1, "", 1, "text/plain;charset=utf-8", b"Hi"]
EXTERNAL = [6, "en", 2, "video/mp4", "https://a.example/1", 0, 9, 1, b"k", b"n", b"", 1, b"h", "", "a.mp4"]


def content(**changes: object) -> bytes:
    """A message with other fields than the usual ones."""
    fields = {
        "salt": SALT,
        "replaces": None,
        "topic": b"",
        "expires": None,
        "in_reply_to": None,
        "extensions": {1: BOB, 2: ROOM},
        "part": SINGLE,
    }
    return cbor2.dumps(list({**fields, **changes}.values()))


def test_the_known_answers() -> None:
    assert CONTENT.hex() == (
        f"8750{SALT.hex()}f640f6f6a20176{BOB.encode().hex()}02781c{ROOM.encode().hex()}"
        f"850160017818{b'text/plain;charset=utf-8'.hex()}424869"
    )
    assert len(CONTENT) == 111
    identity = message_id(CONTENT, SALT, BOB, ROOM)
    assert identity.hex() == "01ddcf9524dbf52bacbc7af88cfe1625119a2687cddbbb19900a9f4567599d66"


def test_what_is_said_is_read_again() -> None:
    assert decode_content(CONTENT) == MIMIContent(SALT, BOB, ROOM, b"Hi")
    with pytest.raises(ValueError, match="16 bytes, not 3"):
        encode_content(b"abc", BOB, ROOM, b"Hi")


@pytest.mark.parametrize(
    ("data", "body"),
    [
        (content(part=[0, "", 0]), b""),
        (content(part=EXTERNAL), b""),
        (content(part=[1, "", 3, 0, [[0, "", 0], [1, "", 3, 2, [SINGLE, SINGLE]]]]), b"Hi"),
        (content(replaces=b"\x01" * 32, in_reply_to=b"\x01" * 32, topic=b"beer", expires=[True, 60]), b"Hi"),
    ],
)
def test_content_of_all_kinds(data: bytes, body: bytes) -> None:
    assert decode_content(data).body == body


def test_what_is_elsewhere_is_read_again() -> None:
    part = ExternalPart(*EXTERNAL[3:])  # type: ignore[arg-type]
    nested = content(part=[1, "", 3, 0, [SINGLE, [*EXTERNAL[:13], "a film", "a.mp4"], EXTERNAL]])
    assert decode_content(content(part=EXTERNAL)) == MIMIContent(SALT, BOB, ROOM, b"", part)
    assert decode_content(nested) == MIMIContent(SALT, BOB, ROOM, b"Hi", replace(part, description="a film"))
    described = replace(part, description="Schöner Film")
    data = encode_external(SALT, BOB, ROOM, described)
    assert decode_content(data) == MIMIContent(SALT, BOB, ROOM, "Schöner Film".encode(), described)
    assert encode_part(described) in data
    assert decode_part(encode_part(described)) == described


def test_extensions_are_anything_and_none_has_to_be_there() -> None:
    assert decode_content(content(extensions={})) == MIMIContent(SALT, None, None, b"Hi")
    private = {1: BOB, 100: {"a": [1.1, None, True]}, -1: b"x", "ab": -7}
    assert decode_content(content(extensions=private)).sender == BOB


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"\x9f\xff",
        b"\x81" * 5000,
        b"\x9b" + b"\xff" * 8,
        b"\x5b\x00\x00\x00\xff\xff\xff\xff\xff",
        b"\xa2\x01\x01\x01\x02",
        b"\xa1\x81\x01\x01" * 2000,
        b"\x62\xff\xff",
        bytes.fromhex("c48200 c25820") + b"\xff" * 32,
        bytes.fromhex("c5821a7fffffff01"),
        bytes.fromhex("d81c81d81d00"),
        bytes.fromhex("d82363282828"),
        bytes.fromhex("daffffffff00"),
    ],
)
def test_what_is_no_cbor(data: bytes) -> None:
    with breaks("P6-7-CONTENT/CBOR") if data[:1] != b"\xa1" else breaks("P6-7-CONTENT/SHAPE"):
        with pytest.raises(InvalidMessage) as refused:
            decode_content(data)
        assert refused.value.rule == "malformed_content"


@pytest.mark.parametrize(
    "data",
    [
        b"\x00",
        b"\xf7",
        b"\xa0",
        cbor2.dumps([SALT]),
        content(salt=SALT[1:]),
        content(salt="0123456789abcdef"),
        content(replaces=b"x"),
        content(topic=None),
        content(expires=[1, 60]),
        content(expires=[True, 1 << 32]),
        content(in_reply_to=b""),
        content(extensions=[]),
        content(extensions={1: b"bytes"}),
        content(extensions={2: 7}),
        content(extensions={"": 7}),
        content(extensions={"a" * 256: 7}),
        content(extensions={True: 7}),
        content(extensions={None: 7}),
        content(extensions={(1, 2): 7}),
        content(part=None),
        content(part=[1, "", 4]),
        content(part=[1, "", True, "text/plain", b""]),
        content(part=[256, "", 0]),
        content(part=[1, b"", 0]),
        content(part=[1, "", 0, 0]),
        content(part=[1, "", 1, "text/plain", "text"]),
        content(part=[1, "", 3, 0, [SINGLE]]),
        content(part=[1, "", 3, 3, [SINGLE, SINGLE]]),
        content(part=[1, "", 3, 0, [SINGLE, [1, "", 9]]]),
        content(part=EXTERNAL[:-1]),
    ],
)
def test_what_is_no_content(data: bytes) -> None:
    with breaks("P6-7-CONTENT/SHAPE"), pytest.raises(InvalidMessage):
        decode_content(data)


@pytest.mark.parametrize(
    "data",
    [
        CONTENT + b"\x00",
        CONTENT.replace(b"\x42Hi", b"\x58\x02Hi"),
        content(extensions={2: ROOM, 1: BOB}),
        content(extensions={100: 0, -1: 0, 10: 0}),
        content(extensions={1: BOB, 100: 1.5}),
    ],
)
def test_content_has_one_encoding(data: bytes) -> None:
    with breaks("P6-7-CONTENT/DETERMINISTIC"), pytest.raises(InvalidMessage):
        decode_content(data)
    with enforced_by(Enforcement({"P6-7-CONTENT"})):
        assert decode_content(data).body == b"Hi"


def test_damaged_content_is_read_or_rejected() -> None:
    rand = random.Random(6)
    good = [
        CONTENT,
        content(part=EXTERNAL),
        content(part=[1, "", 3, 0, [SINGLE, EXTERNAL]], extensions={1: BOB, -9: {}}),
    ]
    for _ in range(3000):
        data = bytearray(rand.choice(good))
        for _ in range(rand.randint(1, 4)):
            place = rand.randrange(len(data))
            if rand.random() < 0.5:
                data[place] = rand.randrange(256)
            else:
                data[place:place] = rand.randbytes(rand.randint(0, 3))
        with suppress(InvalidMessage):
            decode_content(bytes(data))


def test_there_are_not_too_many_values() -> None:
    for many in ([0] * 40_000, dict.fromkeys(range(20_000), 0)):
        with breaks("P6-7-CONTENT/VALUES"), pytest.raises(InvalidMessage, match="more than 32768 values"):
            decode_content(content(extensions={1: BOB, 100: many}))


def test_without_cbor2_it_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded_cbor2.cache_clear()
    monkeypatch.setitem(sys.modules, "cbor2", None)
    with pytest.raises(SimulatorError, match="no wheels of it"):
        loaded_cbor2()
    loaded_cbor2.cache_clear()
