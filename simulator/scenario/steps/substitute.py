"""KeyPackages that are not the client's for whom they are handed out."""

from typing import ClassVar

from simulator.clients import ClientState
from simulator.errors import SimulatorError
from simulator.provider.adversary import substitute
from simulator.scenario.names import ClientRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct, Step
from simulator.services.names import parse_client


class Substitute(Step, frozen=True, tag="substitute"):
    """A provider puts other KeyPackages in the place of those that one of its clients has published: those of another
    client, some that it made itself in the client's name, with a key of its own, or the client's own of the other kind.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    of: ClientRef
    by: ClientRef | None = None
    """Another client, whose KeyPackages take the place; forged ones if not said."""
    connection: bool = False
    """Whether those for connections are meant."""
    other_kind: bool = False
    """Those that take the place are for groups where those for connections are meant, and the other way round."""

    def culprits(self, context: Context) -> tuple[str, ...]:
        """The provider of the client."""
        return (parse_client(context.session.client_uri(self.of)).provider,)

    async def run(self, context: Context) -> None:
        """Two KeyPackages are handed out from now on, then none."""
        client = context.session.client(self.of)
        provider, theirs = context.provider_of(client), client.state
        if self.by is None:
            state = ClientState.open(
                client.uri,
                provider.client_api,
                theirs.draft,
                theirs.suite,
                provider.executor.context().rand,
                theirs.now,
            )
        else:
            state = context.session.client(self.by).state
        if state is theirs and not self.other_kind:
            raise SimulatorError("a client's own KeyPackages are no others")
        meant = context.session.key_package_kind(connection=self.connection)
        kind = context.session.key_package_kind(connection=not self.connection) if self.other_kind else meant
        made = [state.stock.make(state.now(), kind) for _ in range(2)]
        substitute(provider, client.uri, made, meant)
