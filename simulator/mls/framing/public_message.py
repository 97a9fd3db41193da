"""Messages in the clear, which a delivery service can read (RFC 9420 6.2)."""

import hmac

from simulator.codec import encode
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.framing import rules
from simulator.mls.framing.authentication import framed_content_tbs
from simulator.mls.framing.framing import (
    ApplicationData,
    AuthenticatedContent,
    AuthenticatedContentTBM,
    MemberSender,
    PublicMessage,
    WireFormat,
)
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.remembered import Remembered
from simulator.rules import check

_TAGGED: Remembered[bytes] = Remembered(8)
"""What membership tags cover, encoded: each member has the same to check with the key of the epoch."""


def authenticated_content(message: PublicMessage) -> AuthenticatedContent:
    """What the message says and who signed it; whether that is true is not checked here.

    Raises InvalidMessage (`application_in_public`): application data must be encrypted (RFC 9420 6).
    """
    _refuse_application_data(message.content.content)
    return AuthenticatedContent(
        WireFormat.mls_public_message, message.content, message.signature, message.confirmation_tag
    )


def protect(
    suite: CipherSuite, message: AuthenticatedContent, context: GroupContext, membership_key: bytes | None
) -> PublicMessage:
    """The PublicMessage, tagged with the membership key if a member sends it (outsiders have none).

    Raises InvalidMessage with the rule `application_in_public`, and ValueError for content that was signed for another
    wire format or a member without membership key.
    """
    _refuse_application_data(message.content.content)
    if message.wire_format != WireFormat.mls_public_message:
        raise ValueError("this content was signed for another wire format")
    tag = None
    if isinstance(message.content.sender, MemberSender):
        if membership_key is None:
            raise ValueError("a member's message needs the membership key")
        tag = membership_tag(suite, message, context, membership_key)
    return PublicMessage(message.content, message.signature, message.confirmation_tag, tag)


def membership_tag(
    suite: CipherSuite, message: AuthenticatedContent, context: GroupContext, membership_key: bytes
) -> bytes:
    """The tag that only members can compute (RFC 9420 6.2)."""
    return suite.mac(membership_key, _TAGGED.of(_tagged, message, context))


def _tagged(message: AuthenticatedContent, context: GroupContext) -> bytes:
    tbs = framed_content_tbs(message.wire_format, message.content, context)
    return encode(AuthenticatedContentTBM(tbs, message.signature, message.confirmation_tag))


def check_membership(suite: CipherSuite, message: PublicMessage, context: GroupContext, membership_key: bytes) -> None:
    """Raises InvalidMAC (`invalid_membership_tag`) for a member's message with a wrong tag; others have no tag."""
    if message.membership_tag is None:
        return
    expected = membership_tag(suite, authenticated_content(message), context, membership_key)
    genuine = hmac.compare_digest(expected, message.membership_tag)
    check(rules.MEMBERSHIP_TAG, genuine, "the membership tag does not verify")


def _refuse_application_data(content: object) -> None:
    encrypted = not isinstance(content, ApplicationData)
    check(rules.ENCRYPTED, encrypted, "application data must be sent in a PrivateMessage")
