"""What a hub makes of a message that somebody reports: whether it accepted that, just like that ([P] 5.9)."""

from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.content.franking import (
    ServerFrankingContext,
    check_content,
    check_frank,
    check_server_frank,
)
from simulator.drafts.mimi_protocol_06.content.franking_tag import franking_tag
from simulator.drafts.mimi_protocol_06.content.mimi_content import MIMIContent, decode_content
from simulator.drafts.mimi_protocol_06.messages.abuse_report import AbusiveMessage
from simulator.drafts.mimi_protocol_06.room.franking_agent import FrankingAgentData
from simulator.mls.crypto.suite import CipherSuite


@dataclass(frozen=True, slots=True)
class FrankedRoom:
    """A room of ours and what we frank with there. `room` and `hub` are URIs."""

    room: str
    hub: str
    hub_key: bytes
    agent: FrankingAgentData
    suite: CipherSuite


def check_reported(message: AbusiveMessage, abuser: str, franked: FrankedRoom) -> MIMIContent:
    """What the message said, if this user sent it in this room at that time.

    The tag is not reported: it follows from the content. Raises InvalidMessage (`malformed_content`, `frank_invalid`).
    """
    salt = decode_content(message.message_content).salt
    tag = franking_tag(salt, message.message_content)
    content = check_content(message.message_content, tag, abuser, franked.room)
    context = ServerFrankingContext(abuser, franked.room, message.accepted_timestamp)
    check_server_frank(message.frank, tag, context, franked.hub_key)
    check_frank(message.frank, context, franked.agent, franked.hub, franked.suite)
    return content
