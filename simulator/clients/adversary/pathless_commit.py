"""A commit without a path, built from the same parts as an honest one, with all that a committer knows of it."""

from collections.abc import Sequence
from dataclasses import field

from simulator.clients.client_state import ClientState
from simulator.dataclass import dataclass
from simulator.mls.commits.commit import Commit, ProposalByValue
from simulator.mls.commits.commit_sealing import EntropyInputs, seal_commit
from simulator.mls.commits.epoch_change import begin_epoch
from simulator.mls.extensions.extension import ExtensionType
from simulator.mls.framing.framing import MemberSender
from simulator.mls.framing.message import mls_message
from simulator.mls.framing.public_message import protect
from simulator.mls.group import Group
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.group_info_builder import build_group_info
from simulator.mls.key_schedule.psk import psk_secret
from simulator.mls.proposals.proposal_list import resolve
from simulator.mls.proposals.proposals import Proposal, ReInit
from simulator.mls.tree.roster import Member
from simulator.services.commands import GroupUpdate


@dataclass(frozen=True, slots=True)
class PathlessCommit:
    """The commit as its hub gets it, and where its sender goes on; what it takes to invite those whom it adds."""

    update: GroupUpdate
    next: Group
    group_info: GroupInfo
    added: tuple[Member, ...]
    joiner_secret: bytes = field(repr=False)
    psk_secret: bytes = field(repr=False)


def commit_without_path(
    state: ClientState, group: Group, proposals: Sequence[Proposal], written: Sequence[Proposal] | None = None
) -> PathlessCommit:
    """Put `proposals` into effect, by value. The commit has `written` in their place, if given, before it is signed.

    Raises what receivers would raise for `proposals`.
    """
    member, public = group.state, group.public
    suite, sender = member.suite, MemberSender(member.own_index)
    listed = tuple(map(ProposalByValue, proposals))
    change = begin_epoch(public, resolve(listed, sender, {}), sender, state.now())
    inputs = EntropyInputs(member.secrets.init_secret, suite.zero, psk_secret(suite, ()))
    said = proposals if written is None else written
    sealed = seal_commit(
        public,
        change.without_path(),
        Commit(tuple(map(ProposalByValue, said)), None),
        sender,
        member.identity.signature_private_key,
        inputs,
        reinit=next((each for each in said if isinstance(each, ReInit)), None),
        authenticated_data=state.draft.mls.handshake_data,
    )
    message = protect(suite, sealed.content, public.context, member.secrets.membership_key)
    after = member.in_next_epoch(sealed.public, member.identity, member.private_tree, sealed.secrets)
    info = build_group_info(after, (ExtensionType.external_pub,))
    update = GroupUpdate(mls_message(message), info.extensions, info.signature)
    return PathlessCommit(update, Group(after), info, change.applied.added, sealed.joiner_secret, inputs.psk_secret)
