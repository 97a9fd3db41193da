"""Proposals from outside the group (RFC 9420 12.1.8)."""

from simulator.mls.crypto.suite import cipher_suite
from simulator.mls.framing.authentication import sign_content
from simulator.mls.framing.framing import (
    AuthenticatedContent,
    ExternalSender,
    FramedContent,
    NewMemberProposalSender,
    WireFormat,
)
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.framing.public_message import protect
from simulator.mls.identity import Identity
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.proposals.proposals import Add, Proposal


def propose_as_external_sender(
    context: GroupContext,
    sender_index: int,
    signature_private_key: bytes,
    proposal: Proposal,
    authenticated_data: bytes = b"",
) -> MLSMessage:
    """A proposal for the epoch of `context` by entry `sender_index` of its external_senders extension."""
    return _propose(context, ExternalSender(sender_index), signature_private_key, proposal, authenticated_data)


def propose_own_add(
    context: GroupContext, identity: Identity, key_package: KeyPackage, authenticated_data: bytes = b""
) -> MLSMessage:
    """A newcomer's proposal to add itself; `key_package` is its own."""
    return _propose(
        context,
        NewMemberProposalSender(),
        identity.signature_private_key,
        Add(key_package),
        authenticated_data,
    )


def _propose(
    context: GroupContext,
    sender: ExternalSender | NewMemberProposalSender,
    private_key: bytes,
    proposal: Proposal,
    authenticated_data: bytes,
) -> MLSMessage:
    suite = cipher_suite(context.cipher_suite)
    wire_format = WireFormat.mls_public_message
    content = FramedContent(context.group_id, context.epoch, sender, authenticated_data, proposal)
    signature = sign_content(suite, private_key, wire_format, content, context)
    signed = AuthenticatedContent(wire_format, content, signature, None)
    return mls_message(protect(suite, signed, context, None))
