"""How often faults came true."""

from typing import Annotated

import msgspec

from simulator.errors import SimulatorError
from simulator.scenario.names import FaultRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet

Number = Annotated[int, msgspec.Meta(ge=0)]


class Hits(Expectation, frozen=True, kw_only=True, tag="hits"):
    """So often did these faults hit anything, all together, since they came into force: requests; or crashes, jumps of
    clocks, statements of stores. `hits: {of: lies, at_least: 1}`
    """

    of: tuple[FaultRef, ...]
    """Faults that have been removed count, too."""
    count: Number | None = None
    at_least: Number | None = None

    def __post_init__(self) -> None:
        if self.count is None and self.at_least is None:
            raise SimulatorError('say how many: "count" or "at_least"')

    def check(self, context: Context, before: None) -> None:
        """Ask the faults."""
        found = self.value(context)
        if found != self.count if self.count is not None else found < (self.at_least or 0):
            said = f"{self.count}" if self.count is not None else f"at least {self.at_least}"
            raise Unmet(f"{', '.join(self.of)} to hit {said} times", f"it was {found}")

    def value(self, context: Context) -> int:
        """How often in the whole run."""
        return sum(injected.hits for name in self.of for injected in context.result(name, tuple))
