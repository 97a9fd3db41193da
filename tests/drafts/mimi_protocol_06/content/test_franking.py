from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.content.franking import (
    FrankingIntegrityTBS,
    FrankingKeys,
    ServerFrankingContext,
    check_content,
    check_frank,
    check_server_frank,
    frank,
    server_frank,
)
from simulator.drafts.mimi_protocol_06.content.franking_tag import franking_tag
from simulator.drafts.mimi_protocol_06.content.mimi_content import encode_content
from simulator.drafts.mimi_protocol_06.messages.common import Frank
from simulator.drafts.mimi_protocol_06.room.franking_agent import FrankingAgentData
from simulator.mls.errors import InvalidMessage
from simulator.mls.tree.credential import BasicCredential
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
    SALT,
    SUITE,
    TAG,
)

EVE = "mimi://b.example/u/eve"


def test_the_known_answers() -> None:
    assert FRANK.server_frank.hex() == "e573b89d9ec07fd9d77811edc87295d326c89b9bfbd8cc27a296500d262fe1aa"
    assert FRANK.franking_integrity_signature.hex() == (
        "75b4e460c42693028c80f14917782cd24ec9f165da4370267ab763903010cc31"
        "6dca9315e240f20c3225b335c8ecf5ede8ec722425ee5dc098615a4ef0d7d60c"
    )
    sizes = [len(encode(each)) for each in (CONTEXT, FrankingIntegrityTBS(FRANK.server_frank, 1, CONTEXT), FRANK)]
    assert sizes == [60, 94, 100]


def test_what_a_hub_franked_holds() -> None:
    assert server_frank(TAG, CONTEXT, KEYS.hub_key) == FRANK.server_frank
    check_frank(FRANK, CONTEXT, AGENT, HUB, SUITE)
    check_server_frank(FRANK, TAG, CONTEXT, KEYS.hub_key)
    assert check_content(CONTENT, TAG, BOB, ROOM).body == b"Hi"


@pytest.mark.parametrize(
    ("franked", "context", "agent", "rule"),
    [
        (replace(FRANK, franking_signature_ciphersuite=3), CONTEXT, AGENT, "P6-7-FRANK-SUITE"),
        (FRANK, CONTEXT, replace(AGENT, credential=BasicCredential(b"mimi://m.example")), "P6-7-FRANK-AGENT"),
        (FRANK, CONTEXT, replace(AGENT, franking_signature_key=b"\x01" * 32), "P6-7-FRANK-SIGNATURE"),
        (FRANK, replace(CONTEXT, accepted_timestamp=1), AGENT, "P6-7-FRANK-SIGNATURE"),
        (FRANK, replace(CONTEXT, sender_uri=EVE), AGENT, "P6-7-FRANK-SIGNATURE"),
        (FRANK, replace(CONTEXT, room_uri=ROOM + "2"), AGENT, "P6-7-FRANK-SIGNATURE"),
        (replace(FRANK, server_frank=bytes(32)), CONTEXT, AGENT, "P6-7-FRANK-SIGNATURE"),
    ],
)
def test_what_the_rooms_hub_did_not_assert(
    franked: Frank, context: ServerFrankingContext, agent: FrankingAgentData, rule: str
) -> None:
    if rule == "P6-7-FRANK-SUITE":  # so that nothing else is wrong with it
        content = encode(FrankingIntegrityTBS(franked.server_frank, 3, context))
        signature = SUITE.sign_with_label(KEYS.private_key, "FrankingIntegrityTBS", content)
        franked = replace(franked, franking_integrity_signature=signature)
    with breaks(rule), pytest.raises(InvalidMessage) as refused:
        check_frank(franked, context, agent, HUB, SUITE)
    assert refused.value.rule == "frank_invalid"


def test_a_tag_is_of_one_content_by_one_user_in_one_room() -> None:
    for content, sender, room, rule in (
        (CONTENT.replace(b"Hi", b"Ho"), BOB, ROOM, "P6-7-FRANK-TAG"),
        (CONTENT, EVE, ROOM, "P6-7-FRANK-SENDER"),
        (CONTENT, BOB, ROOM + "2", "P6-7-FRANK-ROOM"),
    ):
        with breaks(rule), pytest.raises(InvalidMessage) as refused:
            check_content(content, TAG, sender, room)
        assert refused.value.rule == "frank_invalid"
    nameless = encode_content(SALT, "", ROOM, b"Hi")
    with breaks("P6-7-FRANK-SENDER"), pytest.raises(InvalidMessage):
        check_content(nameless, franking_tag(SALT, nameless), BOB, ROOM)


def test_only_the_hub_can_make_a_server_frank() -> None:
    forged = frank(TAG, CONTEXT, FrankingKeys(b"\x43" * 32, KEYS.private_key), SUITE)
    for franked, tag, context in (
        (forged, TAG, CONTEXT),
        (FRANK, bytes(32), CONTEXT),
        (FRANK, TAG, replace(CONTEXT, accepted_timestamp=1)),
    ):
        with breaks("P6-7-SERVER-FRANK"), pytest.raises(InvalidMessage):
            check_server_frank(franked, tag, context, KEYS.hub_key)
