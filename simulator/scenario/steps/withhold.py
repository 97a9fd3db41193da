"""Messages that are kept from those for whom they are."""

from typing import Annotated, ClassVar

import msgspec

from simulator.errors import SimulatorError
from simulator.provider.adversary import Withholding
from simulator.scenario.names import ClientRef, ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct, Step


class Withhold(Step, frozen=True, tag="withhold"):
    """From now on a provider keeps messages from these clients, or from all clients of these providers. In its own
    groups they are never sent; what it was sent for its own clients stays in their queues. Until it is told to
    `behave`.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    by: ProviderRef
    clients: tuple[ClientRef, ...] = ()
    providers: tuple[ProviderRef, ...] = ()
    times: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """How many messages of its own groups; all if not said."""

    def __post_init__(self) -> None:
        if not self.clients and not self.providers:
            raise SimulatorError('say from whom: "clients" or "providers"')

    async def run(self, context: Context) -> None:
        """Nothing happens yet."""
        clients = [context.session.client(name).uri for name in self.clients]
        interceptor = Withholding(clients, self.providers, self.times)
        context.session.provider(self.by).executor.interceptors.begin(interceptor)
