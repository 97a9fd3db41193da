"""Each odd content breaks the rule that it is for, and no other."""

from contextlib import suppress
from dataclasses import replace

import pytest

from simulator.drafts.mimi_protocol_06.content.received import read_content
from simulator.drafts.mimi_protocol_06.odd_contents import CONTENTS
from simulator.drafts.mls_profile import Content
from simulator.mls.errors import InvalidMessage
from tests.breaking import breaks

from .content.test_received import MESSAGE
from .messages_said import AGENT, AUTHENTICATED, CONTENT, SUITE

RULES = {
    "foreign_tag": "P6-7-FRANK-TAG",
    "no_tag": None,
    "short_tag": "P6-7-AUTHENTICATED-DATA/TAG",
    "foreign_item": "P6-7-AUTHENTICATED-DATA/ITEMS",
    "repeated_item": "MLS-EXT-SAFE-AAD-MALFORMED-SAFE-AAD/ORDER",
    "other_sender": "P6-7-FRANK-SENDER",
    "other_room": "P6-7-FRANK-ROOM",
    "no_content": "P6-7-CONTENT/CBOR",
    "other_structure": "P6-7-CONTENT/SHAPE",
    "long_encoding": "P6-7-CONTENT/DETERMINISTIC",
    "many_values": "P6-7-CONTENT/VALUES",
}


def test_each_has_its_rule() -> None:
    assert list(RULES) == list(CONTENTS)


@pytest.mark.parametrize("name", CONTENTS)
def test_it_is_that_rule_which_is_broken(name: str) -> None:
    made = CONTENTS[name](Content(CONTENT, AUTHENTICATED))
    message = replace(MESSAGE, data=made.data, authenticated_data=made.authenticated_data)
    rule = RULES[name]
    if rule is None:
        assert read_content(message, AGENT, SUITE).doubts == ()
        return
    with breaks(rule), suppress(InvalidMessage):
        read_content(message, AGENT, SUITE)
