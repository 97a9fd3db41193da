"""A connection request in somebody else's name."""

from typing import ClassVar

from simulator.clients import ClientState
from simulator.clients.members import own_leaf
from simulator.clients.operations.add_users import fetch_key_packages
from simulator.clients.operations.create_group import found
from simulator.clients.operations.operation import group_update
from simulator.drafts.features import DraftFeature
from simulator.drafts.mls_profile import CONNECTION, NewGroup
from simulator.mls.proposals.proposals import Add
from simulator.provider.adversary import take_commit, take_group
from simulator.scenario.names import ClientRef, Kind, UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct, Step
from simulator.services import names


class ForgeConnection(Step, frozen=True, kw_only=True, tag="forge_connection"):
    """The provider of `by` makes a connection group of its own whose only member says that it is `claims`, a client of
    somebody else, and invites the user `to`. The connection KeyPackages that this takes, `by` fetches in its own name.
    Names the connection group.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.connection_groups,)
    produces: ClassVar[Kind] = Kind.group

    by: ClientRef
    claims: ClientRef
    """The client whose name it uses: `alice.phone`."""
    to: UserRef

    async def run(self, context: Context) -> str:
        """Whoever accepts is connected to a user who has asked for nothing."""
        session = context.session
        mallory = session.client(self.by).state
        host = session.provider(mallory.home.provider)
        rand = host.executor.context().rand
        state = ClientState.open(
            session.client_uri(self.claims), host.client_api, session.draft, mallory.suite, rand, mallory.now
        )
        group_id = names.group(host.name, rand("group_id", 16).hex())
        keys = host.client_api.hub_keys
        group = found(state, NewGroup(group_id, state.uri, host.name, keys, CONNECTION))
        take_group(host, own_leaf(group), group.group_info())
        fetched = await fetch_key_packages(mallory, "", (context.user_uri(self.to),), kind=CONNECTION)
        adds = tuple(Add(key_package) for key_package in fetched)
        bundle = group.commit(adds, rand, state.now(), welcome_per=state.draft.mls.welcome_for)
        take_commit(host, group_update(bundle), bundle.welcomes)
        return group.group_id.decode()
