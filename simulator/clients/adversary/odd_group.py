"""A request to create a group that breaks one rule for new groups: only the creator's own provider sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from simulator.clients.adversary.crafting import flipped
from simulator.clients.client_state import ClientState
from simulator.clients.members import own_leaf
from simulator.clients.operations.create_group import found
from simulator.clients.operations.operation import Prepared
from simulator.docstrings import docstring
from simulator.drafts.draft import Draft
from simulator.drafts.mls_profile import NewGroup
from simulator.errors import SimulatorError, hint
from simulator.mls.framing.message import mls_message
from simulator.mls.tree.leaf_node import Lifetime
from simulator.services import commands

NOTHING = "nothing"
EXPIRED_LEAF = "expired_leaf"
BAD_GROUP_INFO_SIGNATURE = "bad_group_info_signature"

_OF_MLS = {
    NOTHING: "Nothing is wrong with it but, perhaps, its id.",
    EXPIRED_LEAF: "The creator's leaf has expired.",
    BAD_GROUP_INFO_SIGNATURE: "The GroupInfo is signed wrongly.",
}


def flaws(draft: Draft) -> Mapping[str, str]:
    """What can be wrong with a new group in this draft, with the meaning."""
    own = {name: docstring(type(profile)) for name, profile in draft.adversary.flawed_groups.items()}
    return {**_OF_MLS, **own}


@dataclass(frozen=True, slots=True)
class OddGroup:
    """`group_id` is any text; whoever creates the group says it has this id. `flaw` is one of `flaws`."""

    group_id: str
    flaw: str = NOTHING
    group: ClassVar[str | None] = None

    async def prepare(self, state: ClientState) -> Prepared:
        """Make the group and ask our provider to be its hub. Raises SimulatorError for a flaw that the draft lacks."""
        known = flaws(state.draft)
        if self.flaw not in known:
            raise SimulatorError(f'no group has the flaw "{self.flaw}" in {state.draft.name}{hint(self.flaw, known)}')
        hub, now = state.home.provider, state.now()
        new = NewGroup(self.group_id.encode(), state.uri, hub, state.home.provider_key)
        mls = state.draft.adversary.flawed_groups.get(self.flaw, state.draft.mls)
        expired = Lifetime(now - 200, now - 100)
        group = found(state, new, mls=mls, lifetime=expired if self.flaw == EXPIRED_LEAF else None)
        info = group.group_info()
        if self.flaw == BAD_GROUP_INFO_SIGNATURE:
            info = replace(info, signature=flipped(info.signature))
        command = commands.CreateGroup(new.group_id, own_leaf(group), mls_message(info))
        return Prepared(self.group_id, state.write_as_client(command, hub), group)
