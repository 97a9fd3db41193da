"""A KeyPackage that its provider must not hand out."""

from typing import Annotated, ClassVar

from simulator.clients.adversary.flaws import NOTHING, flaws
from simulator.clients.adversary.odd_key_package import odd_key_package
from simulator.drafts.features import DraftFeature
from simulator.federation import Unsupported
from simulator.mls.crypto import cipher_suite
from simulator.scenario.names import Checked, ClientRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct, Step
from simulator.scenario.steps.odd_group import Flaw


class OddKeyPackage(Step, frozen=True, kw_only=True, tag="odd_key_package"):
    """A client uploads a KeyPackage that may break a rule for KeyPackages. Whoever adds the client by it finds out."""

    conduct: ClassVar[Conduct] = Conduct.hostile

    by: ClientRef
    flaw: Flaw = NOTHING
    """What is wrong with it."""
    new_key: bool = False
    """It is signed with a key that the client has not shown to its provider."""
    claims: ClientRef | None = None
    """The client that its credential names, instead of the one that uploads it."""
    suite: Annotated[int, Checked(cipher_suite)] | None = None
    """The MLS cipher suite that it is for (RFC 9420 17.1); that of the topology if not said. Where that has other
    signatures, it is signed with a new key."""
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
        made = odd_key_package(
            client.state,
            kind,
            self.flaw,
            last_resort=self.last_resort,
            new_key=self.new_key,
            claims=None if self.claims is None else context.session.client_uri(self.claims),
            suite=None if self.suite is None else cipher_suite(self.suite),
        )
        client.state.home.publish(client.uri, [made])
