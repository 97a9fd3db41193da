"""Creating a group at one's own provider, which will be its hub."""

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any, ClassVar

from simulator.clients.client_state import ClientState
from simulator.clients.events.events import Joined
from simulator.clients.key_packages.key_stock import lifetime as lifetime_from
from simulator.clients.members import own_leaf
from simulator.clients.operations.operation import Prepared
from simulator.dataclass import dataclass
from simulator.drafts.mls_profile import REGULAR, MLSProfile, NewGroup
from simulator.drafts.requests.answers import as_asked
from simulator.mls.framing.message import mls_message
from simulator.mls.group import Group
from simulator.mls.tree.leaf_node import Lifetime
from simulator.services import commands
from simulator.services.results import NewGroupId


@dataclass(frozen=True, slots=True)
class CreateGroup:
    """A new group of some kind with this client as its only member."""

    kind: str = REGULAR
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What holds in it, where that is not as usual: by the draft's words."""
    group: ClassVar[str | None] = None

    async def prepare(self, state: ClientState) -> Prepared:
        """Make the group under a new id, and ask the provider to be its hub."""
        provider = state.home.provider
        group_id = state.draft.mls.new_group_id(provider, state.rand) or await _ask_for_id(state)
        group = found(state, NewGroup(group_id, state.uri, provider, state.home.hub_keys, self.kind, self.settings))
        command = commands.CreateGroup(group_id, own_leaf(group), mls_message(group.group_info()))
        uri = group_id.decode()
        return Prepared(uri, state.write_as_client(command, provider), group, Joined(uri, group.epoch))


async def _ask_for_id(state: ClientState) -> bytes:
    provider = state.home.provider
    answer = await state.home.submit(state.write_as_client(commands.RequestGroupId(), provider))
    return as_asked(answer, NewGroupId, f"{provider} did not answer with a group id").group_id


def found(
    state: ClientState, new: NewGroup, *, mls: MLSProfile | None = None, lifetime: Lifetime | None = None
) -> Group:
    """The group at epoch 0, with the client alone in it, by the draft's profile or another one.

    `lifetime` is that of its leaf, as long as a KeyPackage's if not said. Raises what the profile raises.
    """
    mls = mls or state.draft.mls
    group = Group.create(
        replace(state.identity, capabilities=mls.capabilities),
        state.suite,
        new.group_id,
        state.rand,
        lifetime or lifetime_from(state.now()),
        extensions=mls.context_extensions(new),
        leaf_extensions=mls.leaf_extensions(new.kind),
    )
    return group.with_components(mls.components)
