"""How often providers crashed, and where."""

from typing import Annotated, ClassVar

import msgspec

from simulator.errors import SimulatorError
from simulator.net.failpoint import Failpoint
from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet
from simulator.trace import ProtocolEvent

Number = Annotated[int, msgspec.Meta(ge=0)]


class Crashes(Expectation, frozen=True, kw_only=True, tag="crashes"):
    """So many times have providers crashed since the beginning: one of them or any, at a point of their work (see the
    fault `crash_at`) and with an operation if that is said.
    """

    spreads: ClassVar[bool] = True

    of: ProviderRef | None = None
    point: Failpoint | None = None
    operation: str | None = None
    count: Number | None = None
    at_least: Number | None = None

    def __post_init__(self) -> None:
        if self.count is None and self.at_least is None:
            raise SimulatorError('say how many: "count" or "at_least"')

    def check(self, context: Context, before: None) -> None:
        """Count what the recorder has noted."""
        found = self.value(context)
        if found != self.count if self.count is not None else found < (self.at_least or 0):
            said = f"{self.count}" if self.count is not None else f"at least {self.at_least}"
            raise Unmet(f"{said} crashes", f"there were {found}")

    def value(self, context: Context) -> int:
        """How many there were in the whole run."""
        return sum(self._is(event) for event in context.session.recorder.events if isinstance(event, ProtocolEvent))

    def _is(self, event: ProtocolEvent) -> bool:
        return (
            event.kind == "Crashed"
            and self.of in (None, event.actor)
            and self.operation in (None, event.operation)
            and (self.point is None or event.details.get("point") == self.point.value)
        )
