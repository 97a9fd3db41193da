"""KeyPackages that are not the client's for whom they are handed out."""

from simulator.clients import Account
from simulator.errors import SimulatorError
from simulator.provider.adversary import substitute
from simulator.scenario.context import Context
from simulator.scenario.names import ClientRef
from simulator.scenario.step import Step


class Substitute(Step, frozen=True, tag="substitute"):
    """A provider puts other KeyPackages in the place of those that one of its clients has published: those of another
    client, or some that it made itself in the client's name, with a key of its own.
    """

    of: ClientRef
    by: ClientRef | None = None
    """Another client, whose KeyPackages take the place; forged ones if not said."""
    connection: bool = False
    """Whether those for connections are meant."""

    async def run(self, context: Context) -> None:
        """Two KeyPackages are handed out from now on, then none."""
        client = context.session.client(self.of)
        provider, theirs = context.provider_of(client), client.account
        if self.by is None:
            account = Account.open(
                client.uri, provider.counter, theirs.draft, theirs.suite, provider.desk.site().rand, theirs.now
            )
        else:
            account = context.session.client(self.by).account
        if account is theirs:
            raise SimulatorError("a client's own KeyPackages are no others")
        made = [account.stock.make(account.now(), connection=self.connection) for _ in range(2)]
        substitute(provider, client.uri, made, connection=self.connection)
