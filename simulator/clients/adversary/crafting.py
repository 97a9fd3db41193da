"""A commit that renews the sender's path, built from the same parts as an honest one, with a hand in each of them."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Prepared
from simulator.codec import encode
from simulator.dataclass import dataclass
from simulator.mls.commits.commit import Commit, UpdatePath
from simulator.mls.commits.commit_sealing import EntropyInputs, seal_commit
from simulator.mls.commits.epoch_change import EpochChange, begin_epoch
from simulator.mls.extensions.extension import Extension, ExtensionType, ExternalPub
from simulator.mls.framing.framing import MemberSender
from simulator.mls.framing.message import mls_message
from simulator.mls.framing.public_message import protect
from simulator.mls.group import Group
from simulator.mls.joining.group_import import group_info_tbs
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.key_schedule.psk import psk_secret
from simulator.mls.long_work import finish
from simulator.mls.member_state import MemberState
from simulator.mls.proposals.proposal_list import resolve
from simulator.mls.tree.treekem import NewPath, new_path
from simulator.services import commands

T = TypeVar("T")


def flipped(data: bytes) -> bytes:
    """The same with another last bit."""
    return data[:-1] + bytes([data[-1] ^ 1])


def _as_it_is(value: T) -> T:
    return value


@dataclass(frozen=True, slots=True)
class Tampering:
    """What is done to each part of the commit on its way. Everything that is signed is signed afterwards."""

    new_path: Callable[[NewPath], NewPath] = _as_it_is
    path: Callable[[UpdatePath, EpochChange], UpdatePath | None] = lambda path, _: path
    """None leaves it out, and the next epoch is one without a path."""
    confirmation_tag: Callable[[bytes], bytes] = _as_it_is
    membership_tag: Callable[[bytes], bytes] = _as_it_is
    external_pub: Callable[[bytes], bytes] = _as_it_is


def spoiled_update(state: ClientState, uri: str, tampering: Tampering) -> Prepared:
    """A renewal of the own leaf, tampered with. `next` is where the attacker goes on, at one with the provider."""
    group = state.group(uri)
    member_state, public = group.state, group.public
    suite, sender, key = (
        member_state.suite,
        MemberSender(member_state.own_index),
        member_state.identity.signature_private_key,
    )
    change = begin_epoch(public, resolve((), sender, public.proposals), sender, state.now())
    leaf = member_state.leaf_template(None, None)
    path = new_path(change.applied.tree, change.committer, leaf, key, public.group_id, state.rand)
    path = tampering.new_path(path)
    draft = change.with_own_path(path.tree, path.leaf_node)
    update_path = tampering.path(finish(path.encrypt(draft.context, change.new_leaves, state.rand)), change)
    private, commit_secret = path.private, path.commit_secret
    if update_path is None:
        draft, private, commit_secret = change.without_path(), member_state.private_tree, suite.zero
    inputs = EntropyInputs(member_state.secrets.init_secret, commit_secret, psk_secret(suite, ()))
    data = state.draft.mls.handshake_data
    sealed = seal_commit(public, draft, Commit((), update_path), sender, key, inputs, authenticated_data=data)

    tag = tampering.confirmation_tag(sealed.public.confirmation_tag)
    content = replace(sealed.content, confirmation_tag=tag)
    message = protect(suite, content, public.context, member_state.secrets.membership_key)
    message = replace(message, membership_tag=tampering.membership_tag(message.membership_tag or b""))
    after = public.next_epoch(draft, None, sealed.public.context.confirmed_transcript_hash, tag)
    next_state = member_state.in_next_epoch(after, member_state.identity, private, sealed.secrets)
    info = _group_info(next_state, tampering)
    update = commands.GroupUpdate(mls_message(message), info.extensions, info.signature)
    return Prepared(uri, state.write_as_member(commands.UpdateClient(update), group), Group(next_state))


def _group_info(member_state: MemberState, tampering: Tampering) -> GroupInfo:
    public = member_state.public
    external_pub = ExternalPub(tampering.external_pub(member_state.secrets.external_key_pair().public))
    extensions = (Extension(ExtensionType.external_pub, encode(external_pub)),)
    unsigned = GroupInfo(public.context, extensions, public.confirmation_tag, member_state.own_index, b"")
    return replace(
        unsigned, signature=member_state.identity.sign(member_state.suite, "GroupInfoTBS", group_info_tbs(unsigned))
    )
