"""Signing and framing what a member sends (RFC 9420 6)."""

from collections.abc import Sequence
from dataclasses import replace

from simulator.mls.crypto.randomness import Rand
from simulator.mls.errors import NotAllowed
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.authentication import sign_content
from simulator.mls.framing.framing import (
    ApplicationData,
    AuthenticatedContent,
    FramedContent,
    MemberSender,
    WireFormat,
)
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.framing.private_message import seal
from simulator.mls.framing.public_message import protect
from simulator.mls.identity import Identity
from simulator.mls.member_state import MemberState, PendingUpdate
from simulator.mls.proposals.proposals import Proposal, Update
from simulator.mls.tree.leaf_node import LeafPlace, UpdateSource
from simulator.mls.tree.leaf_validation import sign_leaf_node


def check_can_send(state: MemberState) -> None:
    """Raises NotAllowed (`not_a_member`, `group_reinitialized`) if this member can do nothing here any more."""
    if state.removed:
        raise NotAllowed("not_a_member", "RFC 9420 12.4.2", "this client was removed from the group")
    if state.public.reinit is not None:
        raise NotAllowed("group_reinitialized", "RFC 9420 12.4.2", "a ReInit has ended this group")


def signed(
    state: MemberState, content: ApplicationData | Proposal, wire_format: WireFormat, authenticated_data: bytes
) -> AuthenticatedContent:
    """`content` framed for the current epoch and signed by this member."""
    public = state.public
    framed = FramedContent(public.group_id, public.epoch, MemberSender(state.own_index), authenticated_data, content)
    signature = sign_content(state.suite, state.identity.signature_private_key, wire_format, framed, public.context)
    return AuthenticatedContent(wire_format, framed, signature, None)


def frame(
    state: MemberState, content: AuthenticatedContent, rand: Rand, padding: int = 0
) -> tuple[MLSMessage, MemberState]:
    """The message in the wire format it was signed for, and the member without the key that took."""
    if content.wire_format == WireFormat.mls_public_message:
        message = protect(state.suite, content, state.public.context, state.secrets.membership_key)
        return mls_message(message), state
    messages = state.messages
    zeros = bytes(padding)
    sealed, secret_tree = seal(state.suite, content, messages.secret_tree, messages.sender_data_secret, rand, zeros)
    return mls_message(sealed), state.with_messages(messages.with_secret_tree(secret_tree))


def send_application(
    state: MemberState, data: bytes, rand: Rand, authenticated_data: bytes, padding: int
) -> tuple[MLSMessage, MemberState]:
    """An application message.

    Raises NotAllowed: `proposals_pending` while proposals wait for a Commit, which must come first
    (RFC 9420 12.4), and the rules of `check_can_send`.
    """
    check_can_send(state)
    if state.public.proposals:
        raise NotAllowed(
            "proposals_pending", "RFC 9420 12.4", "there are proposals to commit before application data may be sent"
        )
    content = signed(state, ApplicationData(data), WireFormat.mls_private_message, authenticated_data)
    return frame(state, content, rand, padding)


def send_proposal(
    state: MemberState,
    proposal: Proposal,
    rand: Rand,
    now: int | None,
    wire_format: WireFormat = WireFormat.mls_public_message,
    authenticated_data: bytes = b"",
) -> tuple[MLSMessage, MemberState]:
    """A proposal, and the member with it among the stored ones. Raises what receivers would raise for it."""
    check_can_send(state)
    content = signed(state, proposal, wire_format, authenticated_data)
    staged = state.public.stage_authenticated_proposal(content, now)
    message, state = frame(state, content, rand)
    return message, state.with_public(staged.group)


def send_update(
    state: MemberState,
    rand: Rand,
    identity: Identity | None,
    leaf_extensions: Sequence[Extension] | None,
    wire_format: WireFormat,
    authenticated_data: bytes,
) -> tuple[MLSMessage, MemberState]:
    """An Update of the own leaf; its keys wait in `pending_updates`. Draws under "leaf_key"."""
    own = identity or state.identity
    keys = state.suite.generate_hpke_key_pair(rand, "leaf_key")
    template = state.leaf_template(identity, leaf_extensions)
    unsigned = replace(template, encryption_key=keys.public, source=UpdateSource())
    place = LeafPlace(state.public.group_id, state.own_index)
    leaf = sign_leaf_node(state.suite, own.signature_private_key, unsigned, place)
    message, state = send_proposal(state, Update(leaf), rand, None, wire_format, authenticated_data)
    pending = {**state.pending_updates, keys.public: PendingUpdate(own, keys.private)}
    return message, replace(state, pending_updates=pending)
