"""One measurement."""

import pytest

from simulator.bench.samples import Scale, Stopwatch, work


def test_a_stopwatch_counts_what_happens_in_its_blocks() -> None:
    watch = Stopwatch()
    for _ in range(2):
        with watch.running():
            sum(range(10_000))
    assert watch.cpu > 0
    assert watch.wall > 0
    each = watch.per(4)
    assert each.value == pytest.approx(watch.wall * 250)
    assert watch.cpu_per(4).value == pytest.approx(watch.cpu * 250)
    assert (each.cpu, each.wall) == (watch.cpu, watch.wall)


def test_what_a_block_took_counts_if_it_fails() -> None:
    watch = Stopwatch()
    with pytest.raises(ZeroDivisionError), watch.running():
        raise ZeroDivisionError
    assert watch.wall > 0


async def test_a_call_is_repeated_for_a_while() -> None:
    calls = []

    def prepare():
        calls.append("prepared")
        return lambda: calls.append("called")

    async with work(prepare)(Scale(1, 0.001)) as take:
        sample = await take()
    assert calls[0] == "prepared"
    assert calls.count("called") == len(calls) - 1 > 1
    assert sample.value == pytest.approx(sample.cpu * 1000 / calls.count("called"))
