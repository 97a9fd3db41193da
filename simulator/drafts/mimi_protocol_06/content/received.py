"""What a receiver makes of an application message and what came with it ([P] 5.4.1)."""

from dataclasses import replace

from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.content.franking import (
    FRANK_INVALID,
    ServerFrankingContext,
    check_content,
    check_frank,
)
from simulator.drafts.mimi_protocol_06.content.franking_tag import tag_in
from simulator.drafts.mimi_protocol_06.content.mimi_content import CONTENT_PAGE, decode_content, encode_part
from simulator.drafts.mimi_protocol_06.messages.common import Frank
from simulator.drafts.mimi_protocol_06.room.franking_agent import FrankingAgentData
from simulator.drafts.mimi_protocol_06.room.rule import room_rule
from simulator.drafts.mls_profile import Doubt, Said
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.errors import InvalidMessage, MLSError
from simulator.rules import check

FRANK_MISSING = "frank_missing"
"""The name of a doubt: the sender committed itself to what it said, but nobody asserts that the hub accepted it."""

PRESENT = room_rule("P6-7-FRANK-PRESENT", CONTENT_PAGE, slug=FRANK_MISSING)


@dataclass(frozen=True, slots=True)
class Received:
    """An application message as it arrived. `sender` is the user of the sender's leaf, `room` and `hub` are URIs."""

    data: bytes
    authenticated_data: bytes
    sender: str
    room: str
    hub: str
    accepted_timestamp: int
    frank: Frank | None


def read_content(received: Received, agent: FrankingAgentData, suite: CipherSuite) -> Said:
    """What the message says, with doubts where it can't be reported (`frank_invalid`, `frank_missing`).

    Raises InvalidMessage for content or authenticated data that can't be read.
    """
    tag = tag_in(received.authenticated_data)
    content = decode_content(received.data)
    attachment = b"" if content.external is None else encode_part(content.external)
    said = Said(content.body, attachment=attachment)
    if tag is None:
        return said
    try:
        check_content(received.data, tag, received.sender, received.room)
        missing = "the message has a franking tag, but no Frank came with it"
        check(PRESENT, received.frank is not None, missing, kind=InvalidMessage)
        if received.frank is not None:
            context = ServerFrankingContext(received.sender, received.room, received.accepted_timestamp)
            check_frank(received.frank, context, agent, received.hub, suite)
    except MLSError as error:
        rule = error.rule if error.rule == FRANK_MISSING else FRANK_INVALID
        return replace(said, doubts=(Doubt(rule, error.text, error.rules),))
    return said
