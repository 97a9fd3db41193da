"""What expectations have in common that count something in the whole run."""

from typing import Annotated

import msgspec

from simulator.errors import SimulatorError
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet

Number = Annotated[int, msgspec.Meta(ge=0)]


class Counted(Expectation, frozen=True, kw_only=True):
    """Their `value` is so large, or at least so large."""

    count: Number | None = None
    at_least: Number | None = None

    def __post_init__(self) -> None:
        if self.count is None and self.at_least is None:
            raise SimulatorError('say how many: "count" or "at_least"')

    def check(self, context: Context, before: None) -> None:
        """Count. Raises Unmet."""
        found = self.value(context)
        if found != self.count if self.count is not None else found < (self.at_least or 0):
            raise self.unmet(f"{self.count}" if self.count is not None else f"at least {self.at_least}", found)

    def unmet(self, wanted: str, found: int) -> Unmet:
        """What is said where it is not so: how many were wanted, in words, and how many there were."""
        raise NotImplementedError
