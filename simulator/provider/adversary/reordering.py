"""A hub delivers in another order than it accepted."""

from collections.abc import Sequence

from simulator.provider.interceptors import Interceptor
from simulator.services.delivery.effects import Effect, FanOut
from simulator.services.service_context import ServiceContext


class Reordering(Interceptor):
    """What is for one follower is kept back until there are `count` messages, and goes out last one first."""

    def __init__(self, follower: str, count: int) -> None:
        self._follower = follower
        self._count = count
        self._kept: list[FanOut] = []

    def effects(self, effects: Sequence[Effect], context: ServiceContext) -> Sequence[Effect]:
        """Everything else, and all that was kept once there is enough of it."""
        others = [effect for effect in effects if not self._concerns(effect)]
        self._kept += [effect for effect in effects if isinstance(effect, FanOut) and self._concerns(effect)]
        if len(self._kept) < self._count:
            return others
        now, self._kept = self._kept[::-1], []
        return [*others, *now]

    def _concerns(self, effect: Effect) -> bool:
        return isinstance(effect, FanOut) and effect.provider == self._follower
