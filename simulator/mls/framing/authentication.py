"""Signatures over framed content, the same for public and private messages (RFC 9420 6.1)."""

from simulator.codec import encode
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.framing.framing import (
    AuthenticatedContent,
    FramedContent,
    FramedContentTBS,
    MemberSender,
    NewMemberCommitSender,
    WireFormat,
)
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.remembered import Remembered
from simulator.mls.tree.leaf_node import ProtocolVersion

_LABEL = "FramedContentTBS"
_SIGNED: Remembered[bytes] = Remembered(8)
"""What signatures cover, encoded: a commit that adds many is large, and each member encodes it to verify it."""


def framed_content_tbs(wire_format: WireFormat, content: FramedContent, context: GroupContext) -> FramedContentTBS:
    """What the signature covers: the GroupContext too, unless an outsider only proposes."""
    bound = context if isinstance(content.sender, (MemberSender, NewMemberCommitSender)) else None
    return FramedContentTBS(ProtocolVersion.mls10, wire_format, content, bound)


def sign_content(
    suite: CipherSuite,
    signature_private: bytes,
    wire_format: WireFormat,
    content: FramedContent,
    context: GroupContext,
) -> bytes:
    """The signature for `content` when it travels as `wire_format`; `context` is the epoch's it is sent in."""
    return suite.sign_with_label(signature_private, _LABEL, encode(framed_content_tbs(wire_format, content, context)))


def verify_content(
    suite: CipherSuite, signature_key: bytes, message: AuthenticatedContent, context: GroupContext
) -> None:
    """Raises InvalidSignature unless `message` is signed with the private key of `signature_key`."""
    signed = _SIGNED.of(_signed, message.wire_format, message.content, context)
    suite.verify_with_label(signature_key, _LABEL, signed, message.signature)


def _signed(wire_format: WireFormat, content: FramedContent, context: GroupContext) -> bytes:
    return encode(framed_content_tbs(wire_format, content, context))
