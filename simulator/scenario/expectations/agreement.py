"""Whether the members of a group share one state."""

from typing import Annotated, Any, ClassVar

import msgspec

from simulator.scenario.names import GroupRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet


class Agreement(Expectation, frozen=True, tag="agreement"):
    """All online members are in the same epoch and derive the same exported secret (RFC 9420 8.5)."""

    spreads: ClassVar[bool] = True
    shorthand: ClassVar[str] = "group"

    group: GroupRef
    epoch: Annotated[int, msgspec.Meta(ge=0)] | None = None
    """Which epoch that must be."""

    def check(self, context: Context, before: Any) -> None:
        """Compare epoch and exporter of all who are in the group."""
        group = context.group(self.group)
        states = [(c.name, c.groups[group]) for c in context.session.clients if c.online and group in c.groups]
        if not states:
            raise Unmet(f"members of {self.group}", "nobody is in it")
        first_name, first = states[0]
        if self.epoch is not None and first.epoch != self.epoch:
            raise Unmet(f"epoch {self.epoch}", f"{first_name} is in epoch {first.epoch}")
        for name, state in states[1:]:
            if state.epoch != first.epoch:
                raise Unmet(f"one epoch for all ({first_name}: {first.epoch})", f"{name} is in epoch {state.epoch}")
            if state.export("agreement", b"", 32) != first.export("agreement", b"", 32):
                raise Unmet(f"one secret for all in epoch {first.epoch}", f"{name} and {first_name} differ")
