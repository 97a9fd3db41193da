"""Token buckets. Off unless a provider sets limits; kept in memory, so a restart forgives."""

from collections.abc import Mapping, Sequence
from math import ceil

from simulator.dataclass import dataclass
from simulator.rules import Rule, check

TIDY = 1000
"""From how many buckets on it is worth looking for full ones."""

MOST = 20_000
"""Never more buckets than this, whatever names a flood invents: the fullest half goes then, which forgives least."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests at once, and so many per second in the long run; both more than 0."""

    burst: float
    per_second: float


class RateLimiter:
    """One bucket per key. A key is `<kind> <whose>`, and `limits` are per kind: `address`, `group`, `member`, ...

    A kind without limit is free.
    """

    def __init__(self, limits: Mapping[str, Limit] | None = None) -> None:
        self._limits = dict(limits or {})
        self._buckets: dict[str, tuple[float, float]] = {}
        self._tidy_at = TIDY

    def take(self, keys: Sequence[str], now: float, rules: Mapping[str, Rule]) -> None:
        """Draw one token for each key, or none at all.

        Raises Refusal rate_limited, with the whole seconds until the scarcest bucket has a token again, by the rule for
        the kind of its key.
        """
        if not self._limits:
            return
        levels: dict[str, float] = {}
        waits: dict[str, float] = {}
        for key in keys:
            limit = self._limits.get(key.partition(" ")[0])
            if limit is None:
                continue
            levels[key] = self._level(key, limit, now)
            waits[key] = (1 - levels[key]) / limit.per_second
        scarcest = max(waits, key=lambda key: waits[key], default=None)
        if scarcest is not None and waits[scarcest] > 0:
            wait = ceil(waits[scarcest])
            rule = rules[scarcest.partition(" ")[0]]
            check(rule, False, f"too many requests; try again in {wait} s", retry_after=wait)
        for key, level in levels.items():
            self._buckets[key] = (max(0, level - 1), now)
        if len(self._buckets) >= self._tidy_at:
            self._forget_full(now)

    def __len__(self) -> int:
        """How many buckets are kept."""
        return len(self._buckets)

    def _forget_full(self, now: float) -> None:
        """Drop the buckets that are full again: a new one is the same. Rare enough to cost next to nothing."""
        for key in list(self._buckets):
            if self._missing(key, now) <= 0:
                del self._buckets[key]
        if len(self._buckets) >= MOST:
            emptiest = sorted(self._buckets, key=lambda key: self._missing(key, now), reverse=True)
            self._buckets = {key: self._buckets[key] for key in emptiest[: MOST // 2]}
        self._tidy_at = min(MOST, max(TIDY, 2 * len(self._buckets)))

    def _missing(self, key: str, now: float) -> float:
        """How many seconds until the bucket is full."""
        limit = self._limits[key.partition(" ")[0]]
        return (limit.burst - self._level(key, limit, now)) / limit.per_second

    def _level(self, key: str, limit: Limit, now: float) -> float:
        level, since = self._buckets.get(key, (limit.burst, now))
        elapsed = max(0, now - since)  # a clock that was put back takes nothing away
        return min(limit.burst, level + elapsed * limit.per_second)
