"""Each odd reference breaks the rule that it is for, and no other; the message is read all the same."""

from contextlib import suppress
from dataclasses import replace

import pytest

from simulator.drafts.attachments import BadFile
from simulator.drafts.mimi_protocol_06.content.external_part import check_announced
from simulator.drafts.mimi_protocol_06.content.mimi_content import decode_part
from simulator.drafts.mimi_protocol_06.content.received import read_content
from simulator.drafts.mimi_protocol_06.odd_assets import CONTENTS
from simulator.drafts.mls_profile import Content
from tests.breaking import breaks

from .content.test_received import MESSAGE
from .messages_said import AGENT, AUTHENTICATED, BOB, CONTENT, SUITE

RULES = {
    "asset_of_nobody": "P6-4.9-PLACE/URL",
    "asset_elsewhere": "P6-4.9-PLACE/PROVIDER",
    "asset_expired": "P6-4.9-EXPIRES",
    "asset_too_large": "P6-4.9-LARGEST/ANNOUNCED",
    "asset_unreadable": "P6-4.9-ALGORITHMS",
    "asset_missing": None,
}


def test_each_has_its_rule() -> None:
    assert list(RULES) == list(CONTENTS)


@pytest.mark.parametrize("name", CONTENTS)
def test_it_is_that_rule_which_is_broken(name: str) -> None:
    made = CONTENTS[name](Content(CONTENT, AUTHENTICATED))
    said = read_content(
        replace(MESSAGE, data=made.data, authenticated_data=made.authenticated_data, frank=None), AGENT, SUITE
    )
    assert (said.data, [doubt.rule for doubt in said.doubts]) == (b"Hi", ["frank_missing"])
    rule, part = RULES[name], decode_part(said.attachment)
    if rule is None:
        assert check_announced(part, BOB, 1)[0] == "b.example"
        return
    with breaks(rule), suppress(BadFile):
        check_announced(part, BOB, 2)
