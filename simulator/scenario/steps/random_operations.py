"""Whatever is possible, as a seed has it."""

from typing import Annotated, ClassVar

import msgspec

from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class RandomOperations(Step, frozen=True, kw_only=True, tag="random_operations"):
    """Operations that the seed chooses among those that are possible: clients connect, make groups, add, remove, send,
    leave, lose their state, race; the network and providers fail. After each, all members agree, and what was accepted
    has been delivered or is on its way. In the end all is repaired, up and online, and everything has arrived.

    Another seed is another run. `mimi-sim sweep` runs many, and makes what fails small.
    """

    shorthand: ClassVar[str] = "count"
    settles: ClassVar[bool] = True
    clients_suffice: ClassVar[bool] = True

    count: Annotated[int, msgspec.Meta(ge=1, le=10_000)]
    """How many, besides those of the end."""
    faults: bool = True
    """Whether the network and providers fail now and then."""

    async def run(self, context: Context) -> None:
        """Raises Unmet, with the operation, where something is not as it has to be."""
        # It reads steps of all kinds, of which this is one.
        from simulator.scenario.random_operations import carry_out

        await carry_out(self.count, context, faults=self.faults)
