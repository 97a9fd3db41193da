"""Creating a group at one's own provider ([DS] Request group id, Create group)."""

from dataclasses import dataclass
from typing import ClassVar

from simulator.clients.client_state import ClientState
from simulator.clients.events import Joined
from simulator.clients.key_stock import lifetime
from simulator.clients.members import own_leaf
from simulator.clients.operations.operation import Prepared
from simulator.drafts.endpoint import BadAnswer
from simulator.mls.group import Group
from simulator.mls.message import mls_message
from simulator.services import commands
from simulator.services.extensions import context_extensions, leaf_extensions
from simulator.services.results import NewGroupId


@dataclass(frozen=True, slots=True)
class CreateGroup:
    """A new group with this client as its only member; `connection` makes it the connection group of two users."""

    connection: bool = False
    group: ClassVar[str | None] = None

    async def prepare(self, state: ClientState) -> Prepared:
        """Ask for a group id, make the group, and ask the provider to own it."""
        provider = state.home.provider
        answer = await state.home.submit(state.write_as_client(commands.RequestGroupId(), provider))
        if not isinstance(answer, NewGroupId):
            raise BadAnswer(f"{provider} did not answer with a group id")
        version = state.draft.version
        group = Group.create(
            state.identity,
            state.suite,
            answer.group_id,
            state.rand,
            lifetime(state.now()),
            extensions=context_extensions(version, provider, await state.home.verification_key(provider)),
            leaf_extensions=leaf_extensions((version,), connection=self.connection),
        )
        command = commands.CreateGroup(answer.group_id, own_leaf(group), mls_message(group.group_info()))
        uri = answer.group_id.decode()
        return Prepared(uri, state.write_as_client(command, provider), group, Joined(uri, group.epoch))
