"""A ReInit whose extensions no group can have: the old group would be over, and no new one could be created."""

from dataclasses import dataclass, replace

from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Prepared
from simulator.mls.commits.commit import Commit, ProposalByValue
from simulator.mls.commits.commit_sealing import EntropyInputs, seal_commit
from simulator.mls.commits.epoch_change import begin_epoch
from simulator.mls.extensions.extension import ExtensionType
from simulator.mls.framing.framing import MemberSender
from simulator.mls.framing.message import mls_message
from simulator.mls.framing.public_message import protect
from simulator.mls.group import Group
from simulator.mls.joining.group_info_builder import build_group_info
from simulator.mls.key_schedule.psk import psk_secret
from simulator.mls.proposals.proposal_list import resolve
from simulator.mls.proposals.proposals import ReInit
from simulator.mls.tree.leaf_node import ProtocolVersion
from simulator.services import commands


@dataclass(frozen=True, slots=True)
class ImpossibleSuccessor:
    """The end of a group in favour of the group id `successor`; one of its extension types occurs twice."""

    group: str
    successor: str

    async def prepare(self, state: ClientState) -> Prepared:
        """Build the commit for a sound ReInit, and put the other in its place before anything is signed."""
        group = state.group(self.group)
        member_state, public = group.state, group.public
        suite, sender, key = (
            member_state.suite,
            MemberSender(member_state.own_index),
            member_state.identity.signature_private_key,
        )
        extensions = public.context.extensions
        sound = ReInit(self.successor.encode(), ProtocolVersion.mls10, suite.value, extensions)
        spoiled = replace(sound, extensions=(*extensions, extensions[0]))
        change = begin_epoch(public, resolve((ProposalByValue(sound),), sender, {}), sender, state.now())
        draft = change.without_path()
        inputs = EntropyInputs(member_state.secrets.init_secret, suite.zero, psk_secret(suite, ()))
        commit = Commit((ProposalByValue(spoiled),), None)
        data = state.draft.mls.handshake_data
        sealed = seal_commit(public, draft, commit, sender, key, inputs, reinit=spoiled, authenticated_data=data)
        message = protect(suite, sealed.content, public.context, member_state.secrets.membership_key)
        after = member_state.in_next_epoch(
            sealed.public, member_state.identity, member_state.private_tree, sealed.secrets
        )
        info = build_group_info(after, (ExtensionType.external_pub,))
        update = commands.GroupUpdate(mls_message(message), info.extensions, info.signature)
        return Prepared(self.group, state.write_as_member(commands.ReInitializeGroup(update), group), Group(after))
