"""A request to create a group that breaks one rule for new groups: only the creator's own provider sees it."""

from typing import ClassVar

from simulator.clients.adversary.flaws import EXPIRED_LEAF, NOTHING, check_flaw, of_profiles
from simulator.clients.adversary.odd_group_info import FLAWS, spoiled
from simulator.clients.client_state import ClientState
from simulator.clients.members import own_leaf
from simulator.clients.operations.create_group import found
from simulator.clients.operations.operation import Prepared
from simulator.dataclass import dataclass
from simulator.drafts.mls_profile import NewGroup
from simulator.mls.framing.message import mls_message
from simulator.mls.tree.leaf_node import Lifetime
from simulator.services import commands


@dataclass(frozen=True, slots=True)
class OddGroup:
    """`group_id` is any text; whoever creates the group says it has this id. `flaw` is one of `flaws`."""

    group_id: str
    flaw: str = NOTHING
    group: ClassVar[str | None] = None

    async def prepare(self, state: ClientState) -> Prepared:
        """Make the group and ask our provider to be its hub. Raises Misuse for a flaw that no group has."""
        check_flaw(self.flaw, (EXPIRED_LEAF, *FLAWS, *of_profiles(state.draft)), "group", state.draft)
        hub, now = state.home.provider, state.now()
        new = NewGroup(self.group_id.encode(), state.uri, hub, state.home.hub_keys)
        mls = state.draft.adversary.flawed_profiles.get(self.flaw, state.draft.mls)
        expired = Lifetime(now - 200, now - 100)
        group = found(state, new, mls=mls, lifetime=expired if self.flaw == EXPIRED_LEAF else None)
        info = spoiled(group, self.flaw)
        command = commands.CreateGroup(new.group_id, own_leaf(group), mls_message(info))
        return Prepared(self.group_id, state.write_as_client(command, hub), group)
