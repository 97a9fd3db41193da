"""A KeyPackage that its provider must not hand out."""

from simulator.clients.adversary.flaws import NOTHING, flaws
from simulator.clients.adversary.odd_key_package import odd_key_package
from simulator.drafts.features import DraftFeature
from simulator.federation import Unsupported
from simulator.scenario.names import ClientRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step
from simulator.scenario.steps.odd_group import Flaw


class OddKeyPackage(Step, frozen=True, kw_only=True, tag="odd_key_package"):
    """A client uploads a KeyPackage that may break a rule for KeyPackages. Whoever adds the client by it finds out."""

    by: ClientRef
    flaw: Flaw = NOTHING
    """What is wrong with it."""
    new_key: bool = False
    """It is signed with a key that the client has not shown to its provider."""
    last_resort: bool = False
    """It may be handed out again and again."""
    connection: bool = False
    """For connections instead of groups."""

    def needed(self) -> tuple[DraftFeature, ...]:
        """The sorts that are meant."""
        said = {DraftFeature.last_resort: self.last_resort, DraftFeature.key_packages_for_connections: self.connection}
        return tuple(feature for feature, is_meant in said.items() if is_meant)

    async def run(self, context: Context) -> None:
        """Make it and upload it. Raises Unsupported for a flaw that this draft does not know."""
        draft = context.session.draft
        if self.flaw not in flaws(draft):
            raise Unsupported(f'no KeyPackage of {draft.name} has the flaw "{self.flaw}"')
        client = context.session.client(self.by)
        kind = context.session.key_package_kind(connection=self.connection)
        made = odd_key_package(client.state, kind, self.flaw, last_resort=self.last_resort, new_key=self.new_key)
        client.state.home.publish(client.uri, [made])
