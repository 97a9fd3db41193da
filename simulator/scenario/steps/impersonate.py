"""Somebody who says that it is another provider's client."""

from typing import Annotated, ClassVar

from simulator.clients import Client, ClientState
from simulator.clients.adversary.made_up import BorrowedName
from simulator.scenario.names import ClientRef, Defines, Kind, ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct, Step
from simulator.services import names


class Impersonate(Step, frozen=True, kw_only=True, tag="impersonate"):
    """Somebody at `by` makes up a client of another provider's user, of which that provider has never heard, with a key
    of its own. From here on it can act as any other client: `{by: bob.shadow}`. Its requests name the user's provider
    as their sender, but come from `by`; what others send to it does not arrive.

    A `ghost` is made up by the user's own provider. This can be anybody.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    client: Annotated[str, Defines(Kind.client)]
    """`bob.shadow`: whose client it says it is, and what it is called here."""
    by: ProviderRef
    """Where its requests come from."""
    claims: ClientRef | None = None
    """A client that exists, whose name it uses instead of one of its own."""

    def culprits(self, context: Context) -> tuple[str, ...]:
        """The provider, and the client that it makes up."""
        return (self.by, self.client)

    async def run(self, context: Context) -> None:
        """Nothing is sent."""
        session = context.session
        user_name, _, device = self.client.partition(".")
        user, attacker = session.user(user_name), session.provider(self.by)
        uri = names.client(user.at, user.name, device) if self.claims is None else session.client_uri(self.claims)
        draft, model = session.draft, user.clients[0].state
        home = BorrowedName(attacker.client_api, user.at)
        state = ClientState.open(uri, home, draft, model.suite, attacker.executor.context().rand, model.now)
        user.add(device, Client(state, self.client))
