"""What is run in several processes is what means the same there; of the rest it is said why not."""

from pathlib import Path

import pytest

from simulator.scenario.running.spreading import why_not_spread
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


def test_what_is_left_out_reaches_nowhere() -> None:
    assert why_not_spread(scenario(TEAM + "  - behave: a.example\n    skip: for a test\n")) is None


def test_somebody_elses_provider(tmp_path: Path) -> None:
    said = why_not_spread(scenario(TEAM, with_external(tmp_path)))
    assert said == "c.example is somebody else's: what it is told must not depend on where others are"
