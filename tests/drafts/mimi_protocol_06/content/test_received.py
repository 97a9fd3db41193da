from dataclasses import replace

import pytest

from simulator.drafts.mimi_protocol_06.content.franking_tag import authenticated_data
from simulator.drafts.mimi_protocol_06.content.received import Received, read_content
from simulator.drafts.mls_profile import Said
from simulator.mls.errors import InvalidMessage
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.messages_said import (
    AGENT,
    AUTHENTICATED,
    BOB,
    CONTENT,
    FRANK,
    HUB,
    ROOM,
    SUITE,
    TAG,
    TIME,
)

MESSAGE = Received(CONTENT, AUTHENTICATED, BOB, ROOM, HUB, TIME, FRANK)


def read(**changes: object) -> Said:
    return read_content(replace(MESSAGE, **changes), AGENT, SUITE)


def test_a_message_that_can_be_reported() -> None:
    assert read() == Said(b"Hi")


def test_a_message_without_tag_needs_no_frank() -> None:
    assert read(authenticated_data=b"\x00", frank=None) == Said(b"Hi")


@pytest.mark.parametrize(
    ("changes", "doubt", "rule"),
    [
        ({"frank": None}, "frank_missing", "P6-7-FRANK-PRESENT"),
        ({"accepted_timestamp": TIME + 1}, "frank_invalid", "P6-7-FRANK-SIGNATURE"),
        ({"authenticated_data": authenticated_data(bytes(32))}, "frank_invalid", "P6-7-FRANK-TAG"),
        ({"sender": "mimi://b.example/u/eve"}, "frank_invalid", "P6-7-FRANK-SENDER"),
        ({"room": ROOM + "2"}, "frank_invalid", "P6-7-FRANK-ROOM"),
        ({"hub": "mimi://m.example"}, "frank_invalid", "P6-7-FRANK-AGENT"),
    ],
)
def test_a_message_that_cant_be_reported_is_read_all_the_same(
    changes: dict[str, object], doubt: str, rule: str
) -> None:
    with breaks(rule):
        said = read(**changes)
    assert said.data == b"Hi"
    assert [each.rule for each in said.doubts] == [doubt]
    assert said.doubts[0].rules[0] == rule


def test_what_cant_be_read() -> None:
    with breaks("P6-7-CONTENT/CBOR"), pytest.raises(InvalidMessage):
        read(data=b"")
    with breaks("P6-7-AUTHENTICATED-DATA/TAG"), pytest.raises(InvalidMessage):
        read(authenticated_data=authenticated_data(TAG[1:]))
