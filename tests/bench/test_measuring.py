"""Both sides in turn, medians, ratios; the work here is made up."""

from contextlib import asynccontextmanager

import pytest

from simulator.bench.measuring import Measured, measure
from simulator.bench.row import Row
from simulator.bench.samples import Sample, Scale
from simulator.errors import SimulatorError


def side(name: str, values: list[float], log: list[str]):
    @asynccontextmanager
    async def opened(_: Scale):
        log.append(f"{name} opens")
        left = iter(values)

        async def take() -> Sample:
            log.append(name)
            return Sample(next(left), 1, 2)

        yield take
        log.append(f"{name} ends")

    return opened


async def test_ours_and_the_baseline_take_turns_and_the_first_round_does_not_count() -> None:
    log: list[str] = []
    row = Row(id="x", work="w", unit="ms", ours=side("ours", [99, 1, 2, 3], log), goal=2,
              baseline=side("baseline", [99, 8, 4, 6], log), against="b")  # fmt: skip
    figure = await measure(row, Scale(3, 0.1))
    assert log == [
        "ours opens", "baseline opens", "ours", "baseline",
        "baseline", "ours", "ours", "baseline", "baseline", "ours",
        "baseline ends", "ours ends",
    ]  # fmt: skip
    assert figure.ours is not None
    assert figure.baseline is not None
    assert (figure.ours.median, figure.baseline.median) == (2, 6)
    assert (figure.ours.low, figure.ours.high) == (1.5, 2.5)
    assert (figure.ours.cpu, figure.ours.wall) == (1, 2)
    assert (figure.ratio, figure.met) == (3, True)


async def test_a_limit_stands_for_a_baseline() -> None:
    row = Row(id="x", work="w", unit="s", ours=side("ours", [40], []), limit=30, rounds=1)
    figure = await measure(row, Scale(7, 0.1))
    assert (figure.baseline, figure.ratio, figure.met) == (None, 0.75, False)


async def test_what_can_not_be_measured_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    @asynccontextmanager
    async def fails(_: Scale):
        raise SimulatorError("no such thing here")
        yield

    figure = await measure(Row(id="x", work="w", unit="s", ours=fails, limit=1), Scale(1, 0.1))
    assert (figure.missing, figure.ratio, figure.met) == ("no such thing here", None, None)


async def test_a_baseline_that_is_not_installed_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "uvloop", None)
    row = Row(id="x", work="w", unit="s", ours=side("ours", [1], []), limit=1, needs="baselines")
    figure = await measure(row, Scale(1, 0.1))
    assert 'pip install "mimi-simulator[bench]"' in figure.missing


def test_one_sample_is_its_own_spread() -> None:
    assert Measured.of([Sample(5, 1, 1)]) == Measured(5, 5, 5, 1, 1)
