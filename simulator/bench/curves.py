"""Costs that grow: the same work at several sizes. `CURVES` is the only list of them."""

from collections.abc import Callable, Sequence

from simulator.bench.large_federations import grown, megabytes, seconds
from simulator.bench.measuring import Measured
from simulator.bench.mls_groups import MixedGroup
from simulator.bench.rows.fan_out import fan_out
from simulator.bench.rows.mls import timed
from simulator.bench.samples import Scale, Side
from simulator.bench.stacks.asking import asked
from simulator.bench.stacks.ours import ours
from simulator.dataclass import dataclass

_ROUNDS = 3
_USERS = (250, 500, 1000, 2000)

Point = tuple[int, Measured]


@dataclass(frozen=True, slots=True)
class Curve:
    """What `side` makes of each size, in the median of so many rounds."""

    id: str
    title: str
    axis: str
    sizes: Sequence[int]
    side: Callable[[int], Side]
    needs: str | None = None
    unit: str = "milliseconds"
    rounds: int = _ROUNDS

    async def measure(self, scale: Scale) -> list[Point]:
        """A point for each size."""
        return [(size, await self._measured(self.side(size), scale)) for size in self.sizes]

    async def _measured(self, side: Side, scale: Scale) -> Measured:
        async with side(scale) as take:
            return Measured.of([await take() for _ in range(self.rounds)])


CURVES = (
    Curve("fan-out-by-providers", "One message, for each follower", "followers", (1, 5, 10, 20, 50, 100, 200), fan_out),
    Curve(
        "fan-out-by-members",
        "One message to a follower",
        "members of the group at that provider",
        (1, 10, 50, 100, 200),
        lambda members: fan_out(1, members),
    ),
    Curve(
        "request-by-size",
        "A bare request",
        "octets of its body",
        (100, 1_000, 10_000, 100_000, 1_000_000),
        lambda size: asked(lambda: ours(size=size), 1),
    ),
    Curve(
        "commit-by-members",
        "A commit is made",
        "members of the group",
        (10, 30, 100, 300, 1000),
        lambda members: timed(MixedGroup.we_create, members),
        "mls-rs",
    ),
    Curve(
        "seconds-by-users",
        "Half of all users in one group, one process",
        "users, ten at each provider",
        _USERS,
        grown(seconds),
        unit="seconds",
        rounds=1,
    ),
    Curve(
        "memory-by-users",
        "Half of all users in one group, one process",
        "users, ten at each provider",
        _USERS,
        grown(megabytes),
        unit="megabytes of memory",
        rounds=1,
    ),
)
