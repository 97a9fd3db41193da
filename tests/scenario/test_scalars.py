"""Times as an author writes them."""

import pytest

from simulator.scenario import ScenarioFileError
from simulator.scenario.scalars import START
from simulator.scenario.steps.advance import Advance
from tests.scenario.small_scenarios import TOPOLOGY, scenario


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("90s", 90), ("5m", 300), ("2h", 7200), ("30 d", 2_592_000), ("36525d", 3155760000)],
)
def test_durations(text: str, seconds: int) -> None:
    (entry,) = scenario(f"  - advance: {text}\n").steps
    assert isinstance(entry.step, Advance)
    assert entry.step.time.seconds == seconds


@pytest.mark.parametrize("text", ["-1", "1.5h", "1w", "soon", "[1]", "36526d", "99999999999"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ScenarioFileError, match=":10:14: expected a time span"):
        scenario(f"  - advance: {text}\n")


@pytest.mark.parametrize(
    ("text", "unix"),
    [
        ("1970-01-01T00:00:10Z", 10),
        ("1970-01-01 00:00:10", 10),
        ("1970-01-01T01:00:00+01:00", 0),
        ("1970-01-02", 86400),
        ("1700000000", 1700000000),
    ],
)
def test_moments(text: str, unix: int) -> None:
    assert scenario("  []\n", f"clock: {text}{TOPOLOGY}").content.clock.unix == unix


@pytest.mark.parametrize("text", ["now", "1969-12-31", "-1", "true", "{}", "999999999999", "2026-13-01"])
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(ScenarioFileError, match=":1:8: expected a time"):
        scenario("  []\n", f"clock: {text}{TOPOLOGY}")


def test_a_scenario_that_does_not_say_begins_with_2026() -> None:
    assert scenario("  []\n").content.clock == START
    assert START.unix == 1767225600
