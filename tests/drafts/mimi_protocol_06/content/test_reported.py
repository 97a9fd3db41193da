from dataclasses import replace

import pytest

from simulator.drafts.mimi_protocol_06.content.franking import FrankingKeys, frank
from simulator.drafts.mimi_protocol_06.content.reported import FrankedRoom, check_reported
from simulator.drafts.mimi_protocol_06.messages.abuse_report import AbusiveMessage
from simulator.mls.errors import InvalidMessage
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.messages_said import (
    AGENT,
    BOB,
    CONTENT,
    CONTEXT,
    FRANK,
    HUB,
    KEYS,
    ROOM,
    SUITE,
    TAG,
    TIME,
)

FRANKED = FrankedRoom(ROOM, HUB, KEYS.hub_key, AGENT, SUITE)
MESSAGE = AbusiveMessage(CONTENT, FRANK, TIME)
EVE = "mimi://b.example/u/eve"


def test_a_message_that_was_accepted() -> None:
    assert check_reported(MESSAGE, BOB, FRANKED).body == b"Hi"


@pytest.mark.parametrize(
    ("message", "abuser", "franked", "rule"),
    [
        (replace(MESSAGE, message_content=b""), BOB, FRANKED, "P6-7-CONTENT/CBOR"),
        (replace(MESSAGE, message_content=CONTENT.replace(b"Hi", b"Ho")), BOB, FRANKED, "P6-7-SERVER-FRANK"),
        (replace(MESSAGE, accepted_timestamp=1), BOB, FRANKED, "P6-7-SERVER-FRANK"),
        (MESSAGE, EVE, FRANKED, "P6-7-FRANK-SENDER"),
        (MESSAGE, BOB, replace(FRANKED, room=ROOM + "2"), "P6-7-FRANK-ROOM"),
        (MESSAGE, BOB, replace(FRANKED, hub_key=bytes(32)), "P6-7-SERVER-FRANK"),
        (
            replace(MESSAGE, frank=frank(TAG, CONTEXT, FrankingKeys(bytes(32), KEYS.private_key), SUITE)),
            BOB,
            FRANKED,
            "P6-7-SERVER-FRANK",
        ),
        (
            replace(MESSAGE, frank=replace(FRANK, franking_integrity_signature=bytes(64))),
            BOB,
            FRANKED,
            "P6-7-FRANK-SIGNATURE",
        ),
    ],
)
def test_a_message_that_was_not(message: AbusiveMessage, abuser: str, franked: FrankedRoom, rule: str) -> None:
    with breaks(rule), pytest.raises(InvalidMessage):
        check_reported(message, abuser, franked)
