"""Taking in what others send, as a member (RFC 9420 6, 7.5, 8.3, 12.4.2)."""

import hmac
from dataclasses import replace

from simulator.dataclass import dataclass
from simulator.mls.commits.staged import StagedCommit
from simulator.mls.framing import rules
from simulator.mls.framing.authentication import verify_content
from simulator.mls.framing.framing import (
    AuthenticatedContent,
    ContentType,
    MemberSender,
    PrivateMessage,
    PublicMessage,
)
from simulator.mls.framing.outgoing import check_can_send
from simulator.mls.framing.private_message import open_sealed
from simulator.mls.framing.public_message import authenticated_content, check_membership
from simulator.mls.identity import Identity
from simulator.mls.key_schedule.key_schedule import EpochSecrets, joiner_secret
from simulator.mls.key_schedule.psk import psk_secret
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.member_state import MemberState, MessageSecrets
from simulator.mls.tree.roster import Member
from simulator.mls.tree.treekem import PrivateTree, open_update_path
from simulator.rules import check, refuse


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    """An authenticated message, and the member without the key that opening it took."""

    content: AuthenticatedContent
    sender: Member | None
    state: MemberState


def open_message(state: MemberState, message: PublicMessage | PrivateMessage) -> OpenedMessage:
    """Check or decrypt, then verify the signature.

    Raises WrongGroup, WrongEpoch (application messages may be of a few past epochs), InvalidMAC, DecryptionError,
    InvalidSignature, InvalidMessage or InvalidProposal.
    """
    if isinstance(message, PublicMessage):
        content = state.public.authenticate(authenticated_content(message))
        check_membership(state.suite, message, state.public.context, state.secrets.membership_key)
        return OpenedMessage(content, None, state)
    return _open_private(state, message)


def _open_private(state: MemberState, message: PrivateMessage) -> OpenedMessage:
    public, suite = state.public, state.suite
    same = message.group_id == public.group_id
    check(rules.PRIVATE_GROUP, same, "the message is for another group", expected=public.group_id, got=message.group_id)
    messages = _messages_of_epoch(state, message)
    tree = messages.tree
    content, secret_tree = open_sealed(
        suite, message, messages.secret_tree, messages.sender_data_secret, lambda leaf: tree.leaf(leaf) is not None
    )
    sender = content.content.sender
    leaf = tree.leaf(sender.leaf_index) if isinstance(sender, MemberSender) else None
    if leaf is None or not isinstance(sender, MemberSender):
        refuse(rules.PRIVATE_SENDER, "the sender is not a member")
    verify_content(suite, leaf.signature_key, content, messages.context)
    return OpenedMessage(
        content, Member(sender.leaf_index, leaf), state.with_messages(messages.with_secret_tree(secret_tree))
    )


def _messages_of_epoch(state: MemberState, message: PrivateMessage) -> MessageSecrets:
    if message.epoch == state.public.epoch:
        if message.content_type != ContentType.application:
            check_can_send(state)
        return state.messages
    past = next((past for past in state.past_messages if past.context.epoch == message.epoch), None)
    if past is None or message.content_type != ContentType.application:
        words = "the keys of its epoch are not at hand"
        refuse(rules.PRIVATE_EPOCH, words, expected=state.public.epoch, got=message.epoch)
    return past


def follow_commit(
    state: MemberState, content: AuthenticatedContent, staged: StagedCommit, psks: PSKStore
) -> MemberState:
    """The member in the epoch that somebody else's valid Commit starts; `removed` if that removes it.

    Raises InvalidCommit (`own_commit`, `own_update_unknown`), InvalidPSK, InvalidUpdatePath, DecryptionError or
    InvalidMAC (`invalid_confirmation_tag`).
    """
    if any(member.leaf_index == state.own_index for member in staged.removed):
        return replace(state, removed=True)
    if staged.committer == state.own_index:
        refuse(rules.OWN_COMMIT, "this is our own Commit: adopt the group that came with it")
    identity, private_tree = _after_own_update(state, staged)
    suite, public = state.suite, staged.group
    commit_secret = suite.zero
    if staged.update_path is not None:
        private_tree, commit_secret = open_update_path(
            public.tree,
            staged.committer,
            staged.update_path,
            private_tree,
            staged.provisional_context,
            staged.new_leaves,
        )
    init_secret = state.secrets.init_secret
    external_init = staged.proposal_list.external_init
    if external_init is not None:
        external_private = state.secrets.external_key_pair().private
        init_secret = suite.receive_external_init(external_private, external_init.kem_output)
    psk = psk_secret(suite, state.psks(psks).look_up(staged.proposal_list.psks))
    joiner = joiner_secret(suite, init_secret, commit_secret, public.context)
    secrets = EpochSecrets.of_joiner(suite, joiner, psk, public.context)
    expected = secrets.confirmation_tag(public.context.confirmed_transcript_hash)
    genuine = hmac.compare_digest(expected, content.confirmation_tag or b"")
    check(rules.CONFIRMATION_TAG, genuine, "the confirmation tag does not verify")
    return state.in_next_epoch(public, identity, private_tree, secrets)


def _after_own_update(state: MemberState, staged: StagedCommit) -> tuple[Identity, PrivateTree]:
    """Who the member is and which keys fit the new tree, if the Commit covers one of its own Updates."""
    node_count = 2 * staged.group.tree.leaf_count - 1
    keys = {node: key for node, key in state.private_tree.keys.items() if node < node_count}
    private_tree = PrivateTree(state.own_index, keys)
    for member in staged.updated:
        if member.leaf_index == state.own_index:
            pending = state.pending_updates.get(member.leaf_node.encryption_key)
            if pending is None:
                refuse(rules.OWN_UPDATE, "the Commit covers an Update of ours that we don't know")
            return pending.identity, private_tree.with_leaf(pending.encryption_private_key)
    return state.identity, private_tree
