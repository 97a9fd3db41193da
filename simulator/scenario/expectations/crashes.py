"""How often providers crashed, and where."""

from typing import ClassVar

from simulator.net.failpoint import Failpoint
from simulator.scenario.expectations.counted import Counted
from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Unmet
from simulator.trace import ProtocolEvent


class Crashes(Counted, frozen=True, kw_only=True, tag="crashes"):
    """So many times have providers crashed since the beginning: one of them or any, at a point of their work (see the
    fault `crash_at`) and with an operation if that is said.
    """

    spreads: ClassVar[bool] = True

    of: ProviderRef | None = None
    point: Failpoint | None = None
    operation: str | None = None

    def unmet(self, wanted: str, found: int) -> Unmet:
        """In words."""
        return Unmet(f"{wanted} crashes", f"there were {found}")

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
