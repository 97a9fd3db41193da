"""What is run in several processes is what means the same there; of the rest it is said why not."""

from pathlib import Path

import pytest

from simulator.scenario import NullObserver, Result, run_scenario
from simulator.scenario.running.spreading import kills, why_not_killed, why_not_spread
from tests.scenario.small_scenarios import TEAM, scenario, with_external

SEND = "  - send: {by: alice.phone, group: team}\n    as: hello\n"


def test_what_clients_do_and_what_is_seen_of_them() -> None:
    expected = "    expect:\n      - received: {messages: [hello], by: [bob, carol]}\n      - consistent: {}\n"
    assert why_not_spread(scenario(TEAM + SEND + expected)) is None


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ("  - behave: a.example\n", "line 15: behave reaches into providers or clients"),
        (
            "  - together:\n    - send: {by: bob, group: team}\n    - send: {by: carol, group: team}\n",
            "line 15: together has no order where there are several processes",
        ),
        (
            "  - expect:\n    - redeemed: {at: a.example, count: 0}\n",
            "line 16: redeemed looks into providers or clients",
        ),
    ],
)
def test_why_not(step: str, why: str) -> None:
    assert why_not_spread(scenario(TEAM + step)) == why


KILL = "  - fault: [{kill: {rate: 0.1}}]\n    as: kill\n"


def test_who_is_killed_has_a_process() -> None:
    killing = scenario(TEAM + KILL + "  - random_operations: 3\n    expect: [{hits: {of: kill, at_least: 1}}]\n")
    assert kills(killing)
    assert why_not_killed(killing) is None
    assert why_not_spread(killing) == "it kills providers, which have a process each for that"
    assert not kills(scenario(TEAM + KILL.replace("0.1", "0")))


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ("  - behave: a.example\n", "line 17: behave reaches into providers, which have a process each"),
        (
            "  - expect:\n    - redeemed: {at: a.example, count: 0}\n",
            "line 18: redeemed looks into providers, which have a process each",
        ),
    ],
)
async def test_why_nobody_can_be_killed(step: str, why: str) -> None:
    wanted = scenario(TEAM + KILL + step)
    assert why_not_killed(wanted) == why
    result = await run_scenario(wanted, None, NullObserver())
    assert result.result is Result.unsupported
    assert why in result.reason


def test_what_is_left_out_reaches_nowhere() -> None:
    assert why_not_spread(scenario(TEAM + "  - behave: a.example\n    skip: for a test\n")) is None


def test_somebody_elses_provider(tmp_path: Path) -> None:
    wanted = scenario(TEAM, with_external(tmp_path))
    assert why_not_spread(wanted) == "c.example is somebody else's: what it is told must not depend on where others are"
    assert why_not_killed(wanted) == "c.example is somebody else's: nobody is killed beside it"
