"""Whether a group has fallen apart."""

from typing import Any, ClassVar

from simulator.scenario.names import ClientRef, GroupRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet


class Split(Expectation, frozen=True, tag="split"):
    """The members of each side share one epoch and its secrets, and no two sides share any (RFC 9420 8.5)."""

    spreads: ClassVar[bool] = True

    group: GroupRef
    sides: tuple[tuple[ClientRef, ...], ...]

    def check(self, context: Context, before: Any) -> None:
        """Compare epoch and exporter."""
        group = context.group(self.group)
        seen: dict[tuple[int, bytes], str] = {}
        for side in self.sides:
            states = {}
            for name in side:
                state = context.session.client(name).groups.get(group)
                if state is None:
                    raise Unmet(f"{name} to be in {self.group}", "it is not")
                states[(state.epoch, state.export("split", b"", 32))] = name
            if len(states) > 1:
                raise Unmet("one secret on each side", f"{' and '.join(states.values())} differ")
            for secret, name in states.items():
                if secret in seen:
                    raise Unmet("sides with nothing in common", f"{name} and {seen[secret]} agree")
                seen[secret] = name
