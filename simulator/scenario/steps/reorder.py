"""Messages in another order than they were accepted."""

from typing import Annotated, ClassVar

import msgspec

from simulator.provider.adversary import Reordering
from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct, Step


class Reorder(Step, frozen=True, tag="reorder"):
    """From now on the hub of groups keeps back what is for one follower until there are `count` messages, and
    sends the last one first. Until it is told to `behave`. (The fault of the same name is the network's doing.)
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    by: ProviderRef
    to: ProviderRef
    count: Annotated[int, msgspec.Meta(ge=2)] = 2

    async def run(self, context: Context) -> None:
        """Nothing happens yet."""
        context.session.provider(self.by).executor.interceptors.begin(Reordering(self.to, self.count))
