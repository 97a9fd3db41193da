"""Joining without a Welcome: a further client of a user, or one that lost its state."""

from dataclasses import replace

from simulator.clients.client_state import ClientState
from simulator.clients.events.events import Joined
from simulator.clients.operations.operation import Prepared, group_update
from simulator.dataclass import dataclass
from simulator.drafts.requests import answers
from simulator.mls.errors import InvalidGroupInfo
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.group import Group
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.leaf_node import LeafNode
from simulator.mls.tree.node import RatchetTreeNodes
from simulator.rules import check, refuse
from simulator.services import commands
from simulator.services.names import group_provider, show_group


@dataclass(frozen=True, slots=True)
class ExternalJoin:
    """Needs no more than the group's URI. A leaf that the client has in the group already is replaced."""

    group: str

    async def prepare(self, state: ClientState) -> Prepared:
        """Fetch the group's state from its hub, and commit ourselves into it."""
        snapshot = await fetch_snapshot(state, self.group)
        joined = Joined(self.group, snapshot.info.group_context.epoch + 1)
        return replace(await join_from(state, self.group, snapshot), event=joined)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A group's present state, as its hub tells it."""

    info: GroupInfo
    ratchet_tree: RatchetTreeNodes
    public: PublicGroup
    """What both describe, checked, with the proposals that wait there."""


async def fetch_snapshot(state: ClientState, uri: str) -> Snapshot:
    """The state of a group, from its hub. Raises Refusal, BadAnswer, TransportError, and MLSError or DecodeError for
    what describes no group.
    """
    group_id, mls = uri.encode(), state.draft.mls
    hub = group_provider(group_id)
    keys = mls.sealing_key(state.suite, state.rand)
    seal_to = None if keys is None else commands.SealTo(state.suite.value, keys.public)
    found = await state.home.submit(state.write_as_client(commands.FetchJoinInfo(group_id, seal_to), hub))
    answer = mls.open_join_info(found, group_id, state.suite, keys)
    info = answers.as_asked(answer.group_info.body, GroupInfo, f"{hub} did not answer with a GroupInfo")
    words = f"{hub} answered about {show_group(info.group_context.group_id)}, asked about {uri}"
    check(answers.GROUP, info.group_context.group_id == group_id, words)
    public = await state.home.in_steps(PublicGroup.importing(info, answer.ratchet_tree, None))
    public = public.with_components(mls.components)
    for waiting in answer.proposals:
        if not isinstance(waiting.body, PublicMessage):
            refuse(answers.PROPOSALS, f"{hub} answered with a proposal that is no PublicMessage")
        public = public.stage_proposal(waiting.body, None).group  # lifetimes were judged when it came
    return Snapshot(info, answer.ratchet_tree, public)


async def join_from(state: ClientState, uri: str, snapshot: Snapshot) -> Prepared:
    """Commit ourselves into the group as it is in `snapshot`. Raises MLSError."""
    known, mls = state.groups.get(uri), state.draft.mls
    mls.check_epoch(snapshot.public, None if known is None else known.public, InvalidGroupInfo)
    old = [
        node
        for node in snapshot.ratchet_tree
        if isinstance(node, LeafNode) and node.credential == state.identity.credential
    ]
    joining = Group.external_joining(
        snapshot.info,
        snapshot.public,
        state.identity,
        state.rand,
        resync=bool(old),
        leaf_extensions=old[0].extensions if old else None,
        proposals=mls.joining_change(snapshot.public, state.uri),
        authenticated_data=mls.handshake_data,
    )
    bundle = await state.home.in_steps(joining)
    command = commands.ExternalJoin(group_update(bundle))
    return Prepared(uri, state.write_as_client(command, group_provider(uri.encode())), bundle.next)
