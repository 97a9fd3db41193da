"""The network is whole again."""

from typing import Annotated, Any, ClassVar

import msgspec

from simulator.federation.control.action import Action, Done
from simulator.federation.control.operator import Operator


class Repair(Action, frozen=True, kw_only=True):
    """Remove a fault, or all that are in force; what it held up goes on. A provider that is down is started again."""

    name: ClassVar[str] = "repair"
    example: ClassVar[dict[str, Any]] = {}

    fault: Annotated[int, msgspec.Meta(description="the number that `inject` answered with")] | None = None
    """None: all."""

    async def run(self, operator: Operator) -> Done:
        """And let what follows happen."""
        await operator.repair(self.fault)
        await operator.rest()
        return Done()
