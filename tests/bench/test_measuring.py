"""Both sides in turn, medians, ratios; the work here is made up."""

from contextlib import asynccontextmanager

import pytest
import trio

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


@pytest.mark.parametrize("when", ["begun", "measured", "ended"])
async def test_a_baseline_that_fails_in_its_own_way_was_not_measured(when: str) -> None:
    @asynccontextmanager
    async def fails(_: Scale):
        async def take() -> Sample:
            if when == "measured":
                raise ExceptionGroup("of a nursery", [LookupError("no\nsuch stream")])
            return Sample(1, 1, 1)

        if when == "begun":
            raise LookupError("no\nsuch stream")
        async with trio.open_nursery():
            yield take
        if when == "ended":
            raise LookupError("no\nsuch stream")

    row = Row(id="x", work="w", unit="s", ours=side("ours", [1, 1], []), baseline=fails, against="b")
    figure = await measure(row, Scale(1, 0.1))
    assert figure.missing == "its baseline failed: LookupError: no\N{REPLACEMENT CHARACTER}such stream"
    assert (figure.ours, figure.ratio) == (None, None)


async def test_ours_that_fails_is_a_fault_that_shows() -> None:
    @asynccontextmanager
    async def fails(_: Scale):
        async def take() -> Sample:
            raise LookupError("ours")

        yield take

    row = Row(id="x", work="w", unit="s", ours=fails, baseline=side("baseline", [1, 1], []), against="b")
    with pytest.raises(LookupError, match="ours"):
        await measure(row, Scale(1, 0.1))


def test_one_sample_is_its_own_spread() -> None:
    assert Measured.of([Sample(5, 1, 1)]) == Measured(5, 5, 5, 1, 1)
