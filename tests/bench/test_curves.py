"""Costs at several sizes."""

from contextlib import asynccontextmanager

from simulator.bench.curves import CURVES, Curve
from simulator.bench.samples import Sample, Scale


async def test_a_point_for_each_size() -> None:
    def side(size: int):
        @asynccontextmanager
        async def opened(_: Scale):
            async def take() -> Sample:
                return Sample(size * 2, 0, 0)

            yield take

        return opened

    points = await Curve("x", "X", "size", (1, 10), side).measure(Scale(1, 0.1))
    assert [(size, each.median) for size, each in points] == [(1, 2), (10, 20)]


def test_each_has_a_name_and_grows() -> None:
    assert len({curve.id for curve in CURVES}) == len(CURVES)
    for curve in CURVES:
        assert list(curve.sizes) == sorted(set(curve.sizes))
