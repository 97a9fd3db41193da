"""How sure one can be of a rate or a mean that was measured."""

from collections.abc import Sequence
from statistics import NormalDist, fmean, stdev

from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which values the true one is, with some confidence."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """How far apart they are."""
        return self.high - self.low


def of_rate(happened: int, times: int, confidence: float = 0.95) -> Interval:
    """Of a rate: what happened so often in so many runs. Wilson's score interval, which is right for few runs and for
    rates near 0 and 1 too, where the usual approximation has a width of nothing.
    """
    if not times:
        return Interval(0, 1)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    rate, spread = happened / times, z * z / times
    middle = (rate + spread / 2) / (1 + spread)
    half = (z / (1 + spread)) * ((rate * (1 - rate) + spread / 4) / times) ** 0.5
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def of_mean(values: Sequence[float], confidence: float = 0.95) -> Interval:
    """Of a mean, by the normal distribution: for 30 values or more; of fewer it is somewhat too narrow. Of one value it
    is that alone.
    """
    mean = fmean(values)
    if len(values) < 2:
        return Interval(mean, mean)
    half = NormalDist().inv_cdf((1 + confidence) / 2) * stdev(values) / len(values) ** 0.5
    return Interval(mean - half, mean + half)
