"""A client that its provider made up."""

from typing import Annotated, ClassVar

from simulator.clients import Client, ClientState
from simulator.scenario.names import ClientRef, Defines, Kind
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct, Step
from simulator.services import names

PUBLISHED = 2
"""KeyPackages of each kind."""


class Ghost(Step, frozen=True, tag="ghost"):
    """A provider makes up a further client of one of its users, with a key of its own, registers it beside the real
    ones and publishes its KeyPackages. From here on it can act as any other client: `{by: bob.shadow}`.

    Whoever asks for the user's KeyPackages gets the ghost's too, and it may join what its user is in.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile
    shorthand: ClassVar[str] = "client"

    client: Annotated[str, Defines(Kind.client)]
    """`bob.shadow`: the user, and what the ghost is called."""
    claims: ClientRef | None = None
    """A client that was taken off the account, whose name it gets instead of one of its own: as a phone does that takes
    the place of a stolen one.
    """

    def culprits(self, context: Context) -> tuple[str, ...]:
        """The provider, and the client that it makes up."""
        return (context.session.user(self.client.partition(".")[0]).at, self.client)

    async def run(self, context: Context) -> None:
        """Nothing is sent."""
        user_name, _, device = self.client.partition(".")
        user, draft = context.session.user(user_name), context.session.draft
        provider, model = user.provider, user.clients[0].state
        own = names.client(provider.name, user.name, device)
        uri = own if self.claims is None else context.session.client_uri(self.claims)
        state = ClientState.open(
            uri, provider.client_api, draft, model.suite, provider.executor.context().rand, model.now
        )
        provider.client_api.register(user.uri, uri, model.suite.value, state.identity.signature_public_key)
        ghost = Client(state, self.client)
        for kind in draft.mls.kinds:
            ghost.publish(PUBLISHED, kind, last_resort=False)
        user.add(device, ghost)
