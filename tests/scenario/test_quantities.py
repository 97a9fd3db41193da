"""Quantities of a network as an author writes them."""

import re

import pytest

from simulator.scenario import ScenarioFileError
from simulator.scenario.quantities import Bandwidth, LossRate, NetworkTime, SimulatedSpan, in_words
from tests.scenario.small_scenarios import TOPOLOGY, scenario


def network(said: str) -> str:
    return f"network: {{{said}}}{TOPOLOGY}"


@pytest.mark.parametrize(
    ("text", "nanoseconds"),
    [
        ("40 ms", 40_000_000),
        ("40ms", 40_000_000),
        ("250 us", 250_000),
        ("1.5 s", 1_500_000_000),
        ("0", 0),
        ("10 s", 10**10),
    ],
)
def test_times(text: str, nanoseconds: int) -> None:
    said = scenario("  []\n", network(f"latency: {text}")).content.network
    assert said is not None
    assert said.latency == NetworkTime(nanoseconds)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("loss", "1 %", LossRate(0.01)),
        ("loss", "0.5%", LossRate(0.005)),
        ("loss", "50 %", LossRate(0.5)),
        ("loss", "0", LossRate(0)),
        ("bandwidth", "10 Mbit/s", Bandwidth(10_000_000)),
        ("bandwidth", "64kbit/s", Bandwidth(64_000)),
        ("bandwidth", "1.5 Gbit/s", Bandwidth(1_500_000_000)),
        ("bandwidth", "1000 bit/s", Bandwidth(1000)),
    ],
)
def test_shares_and_bandwidths(field: str, text: str, value: object) -> None:
    assert getattr(scenario("  []\n", network(f"{field}: {text}")).content.network, field) == value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("latency", text) for text in ("40", "-1 ms", "10.1 s", "1 h", "soon", "[1]", "{}", "1e3 ms", "1..5 ms")),
        *(("loss", text) for text in ("1", "51 %", "0.01 ms", "all")),
        *(("bandwidth", text) for text in ("10", "0", "999 bit/s", "10 MB/s", "1001 Gbit/s", "10 mbit/s")),
    ],
)
def test_what_is_none_is_said_with_what_would_be(field: str, text: str) -> None:
    with pytest.raises(ScenarioFileError, match=rf":1:{len(field) + 13}: expected a .* such as") as caught:
        scenario("  []\n", network(f"{field}: {text}"))
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (NetworkTime, ("40 ms", "0 ms", "1.5s", "${latency} ms", "${latency}"), ("40", "40 ns", "ms")),
        (LossRate, ("1 %", "0.5%", "${loss}"), ("1", "% 1")),
        (Bandwidth, ("10 Mbit/s", "${rate} kbit/s"), ("10", "10 MB/s")),
    ],
)
def test_editors_know_the_form(kind: type[SimulatedSpan], good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    shape = kind.shape()
    pattern = shape.get("anyOf", [shape])[0]["pattern"]
    assert all(re.match(pattern, text) for text in good)
    assert not any(re.match(pattern, text) for text in bad)


def test_times_in_words() -> None:
    words = [in_words(each) for each in (0, 1_000, 81_200_000, 999_999_600, 1_500_000_000, 90 * 10**9)]
    assert words == ["0 ms", "0.001 ms", "81.2 ms", "1000 ms", "1.5 s", "90 s"]
