"""The network is whole again."""

from typing import ClassVar

from simulator.scenario.names import FaultRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class Repair(Step, frozen=True, tag="repair"):
    """Remove these faults, or all that are in force; what they held up goes on. A provider that is down stays down."""

    shorthand: ClassVar[str] = "faults"
    clients_suffice: ClassVar[bool] = True

    faults: tuple[FaultRef, ...] = ()
    """None: all."""

    async def run(self, context: Context) -> None:
        """One after the other."""
        if not self.faults:
            context.session.repair()
        for name in self.faults:
            for injected in context.result(name, tuple):
                injected.remove()
