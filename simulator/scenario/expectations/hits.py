"""How often faults came true."""

from typing import ClassVar

from simulator.scenario.expectations.counted import Counted
from simulator.scenario.names import FaultRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Unmet


class Hits(Counted, frozen=True, kw_only=True, tag="hits"):
    """So often did these faults hit anything, all together, since they came into force: requests; or crashes, jumps of
    clocks, statements of stores. `hits: {of: lies, at_least: 1}`
    """

    clients_suffice: ClassVar[bool] = True

    of: tuple[FaultRef, ...]
    """Faults that have been removed count, too."""

    def unmet(self, wanted: str, found: int) -> Unmet:
        """In words."""
        return Unmet(f"{', '.join(self.of)} to hit {wanted} times", f"it was {found}")

    def value(self, context: Context) -> int:
        """How often in the whole run."""
        return sum(injected.hits for name in self.of for injected in context.result(name, tuple))
