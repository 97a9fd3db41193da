"""What a hub asserts of a message that it accepted: who sent it, where and when, by the tag alone ([P] 5.4.1)."""

import hashlib
import hmac
from typing import Annotated

from simulator.codec import Fixed, encode, struct, uint16, uint64
from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.content.franking_tag import franking_tag
from simulator.drafts.mimi_protocol_06.content.mimi_content import CONTENT_PAGE, MIMIContent, decode_content
from simulator.drafts.mimi_protocol_06.messages.common import Frank, IdentifierUri
from simulator.drafts.mimi_protocol_06.room.franking_agent import FrankingAgentData
from simulator.drafts.mimi_protocol_06.room.rule import room_rule
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.errors import InvalidMessage
from simulator.mls.tree.credential import BasicCredential
from simulator.rules import check

FRANKING_LABEL = "FrankingIntegrityTBS"
FRANK_INVALID = "frank_invalid"
"""The name of a doubt, and by which name the hub refuses a report: what is asserted is not so."""

SUITE = room_rule("P6-7-FRANK-SUITE", CONTENT_PAGE, slug=FRANK_INVALID)
AGENT = room_rule("P6-7-FRANK-AGENT", CONTENT_PAGE, slug=FRANK_INVALID)
SIGNATURE = room_rule("P6-7-FRANK-SIGNATURE", CONTENT_PAGE, slug=FRANK_INVALID)
TAG = room_rule("P6-7-FRANK-TAG", CONTENT_PAGE, slug=FRANK_INVALID)
SENDER = room_rule("P6-7-FRANK-SENDER", CONTENT_PAGE, slug=FRANK_INVALID)
ROOM = room_rule("P6-7-FRANK-ROOM", CONTENT_PAGE, slug=FRANK_INVALID)
SERVER_FRANK = room_rule("P6-7-SERVER-FRANK", CONTENT_PAGE, slug=FRANK_INVALID)


# [P] 5.4.1
# struct {
#     IdentifierUri sender_uri;
#     IdentifierUri room_uri;
#     uint64 accepted_timestamp;
# } ServerFrankingContext;
@struct
class ServerFrankingContext:
    """`sender_uri` is a user, as the provider that submitted the message named it; milliseconds since 1970."""

    sender_uri: IdentifierUri
    room_uri: IdentifierUri
    accepted_timestamp: uint64


# [P] 5.4.1
# struct {
#     opaque server_frank[32];
#     CipherSuite franking_signature_ciphersuite;
#     ServerFrankingContext context;
# } FrankingIntegrityTBS;
@struct
class FrankingIntegrityTBS:
    server_frank: Annotated[bytes, Fixed(32)]
    franking_signature_ciphersuite: uint16
    context: ServerFrankingContext


@dataclass(frozen=True, slots=True)
class FrankingKeys:
    """A hub's secrets for one room: `hub_key` for what only it can check, `private_key` for what receivers check."""

    hub_key: bytes
    private_key: bytes


def server_frank(tag: bytes, context: ServerFrankingContext, hub_key: bytes) -> bytes:
    """What only the hub can make, and check later."""
    return hmac.digest(hub_key, tag + encode(context), hashlib.sha256)


def frank(tag: bytes, context: ServerFrankingContext, keys: FrankingKeys, suite: CipherSuite) -> Frank:
    """What the hub asserts of a message with this tag in a room of this suite."""
    asserted = server_frank(tag, context, keys.hub_key)
    content = encode(FrankingIntegrityTBS(asserted, suite.value, context))
    return Frank(asserted, suite.value, suite.sign_with_label(keys.private_key, FRANKING_LABEL, content))


def check_frank(
    frank: Frank, context: ServerFrankingContext, agent: FrankingAgentData, hub: str, suite: CipherSuite
) -> None:
    """Whether the hub with this URI, which is the room's franking agent, asserted this. Raises InvalidMessage
    (`frank_invalid`).
    """
    same = frank.franking_signature_ciphersuite == suite.value
    words = f"the Frank is signed in suite {frank.franking_signature_ciphersuite}, the room's is {suite.value}"
    check(SUITE, same, words, kind=InvalidMessage)
    is_hub = agent.credential == BasicCredential(hub.encode())
    check(AGENT, is_hub, f"the room's franking agent is not its hub {hub}", kind=InvalidMessage)
    content = encode(FrankingIntegrityTBS(frank.server_frank, frank.franking_signature_ciphersuite, context))
    signature, key = frank.franking_integrity_signature, agent.franking_signature_key
    genuine = suite.verifies_with_label(key, FRANKING_LABEL, content, signature)
    words = f"the hub did not assert this of a message of {context.sender_uri} at {context.accepted_timestamp}"
    check(SIGNATURE, genuine, words, kind=InvalidMessage)


def check_content(data: bytes, tag: bytes, sender: str, room: str) -> MIMIContent:
    """What a message says, if the tag is of that, and it names its sender (a user) and its room rightly.

    Raises InvalidMessage (`malformed_content`, `frank_invalid`).
    """
    content = decode_content(data)
    right = hmac.compare_digest(franking_tag(content.salt, data), tag)
    check(TAG, right, "the franking tag is of other content", kind=InvalidMessage)
    check(SENDER, content.sender == sender, f"the content is by {content.sender}, not by {sender}", kind=InvalidMessage)
    check(ROOM, content.room == room, f"the content is for {content.room}, not for {room}", kind=InvalidMessage)
    return content


def check_server_frank(frank: Frank, tag: bytes, context: ServerFrankingContext, hub_key: bytes) -> None:
    """Whether it was this hub that asserted this. Raises InvalidMessage (`frank_invalid`)."""
    own = hmac.compare_digest(frank.server_frank, server_frank(tag, context, hub_key))
    words = f"this hub accepted no such message of {context.sender_uri} at {context.accepted_timestamp}"
    check(SERVER_FRANK, own, words, kind=InvalidMessage)
