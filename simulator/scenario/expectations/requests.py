"""How much traffic there was."""

from typing import Annotated

import msgspec

from simulator.scenario.context import Context
from simulator.scenario.names import EndpointRef, ProviderRef, StepRef
from simulator.scenario.step import Expectation, Unmet


class Requests(Expectation, frozen=True, kw_only=True, tag="requests"):
    """So many HTTPS requests were made at an endpoint: during the step that this stands under or the one that `during`
    names, else since the beginning.
    """

    endpoint: EndpointRef | None = None
    from_: ProviderRef | None = msgspec.field(name="from", default=None)
    to: ProviderRef | None = None
    count: Annotated[int, msgspec.Meta(ge=0)]
    during: StepRef | None = None

    def before(self, context: Context) -> int:
        """How many events there had been."""
        return len(context.session.recorder.exchanges)

    def check(self, context: Context, before: int | None) -> None:
        """Count what the recorder saw."""
        seen = context.exchanges(self.endpoint, self.from_, self.to)
        if self.during is not None:
            seen = tuple(exchange for exchange in seen if exchange.step == context.label(self.during))
        elif before is not None:
            earlier = context.session.recorder.exchanges[:before]
            seen = tuple(exchange for exchange in seen if exchange not in earlier)
        if len(seen) != self.count:
            raise Unmet(f"{self.count} requests{self._what()}", f"there were {len(seen)}")

    def _what(self) -> str:
        parts = [(" at ", self.endpoint), (" from ", self.from_), (" to ", self.to), (" during ", self.during)]
        return "".join(word + name for word, name in parts if name)
