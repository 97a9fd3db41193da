"""What a file says of its network."""

import pytest

from simulator.net.links import Link
from simulator.scenario import Result, ScenarioFileError, run_scenario
from simulator.scenario.running.spreading import why_not_spread
from tests.scenario.small_scenarios import TEAM, TOPOLOGY, Silent, passes, scenario, with_external

NETWORK = """
network:
  latency: 40 ms
  loss: 1 %
  links:
    a.example -> b.example: {latency: 5 ms, jitter: 1 ms}
    a.example <-> c.example: {bandwidth: 1 Mbit/s}
"""


def test_a_link_has_the_rest_from_all_others() -> None:
    said = scenario("  []\n", NETWORK + TOPOLOGY).content.network
    assert said is not None
    model = said.model()
    usual = Link(latency=40_000_000, loss=0.01)
    assert model.link("a.example", "b.example") == Link(latency=5_000_000, jitter=1_000_000, loss=0.01)
    assert model.link("b.example", "a.example") == model.link("b.example", "c.example") == usual
    there, back = model.link("a.example", "c.example"), model.link("c.example", "a.example")
    assert there == back == Link(latency=40_000_000, loss=0.01, bandwidth=1_000_000)


@pytest.mark.parametrize(
    ("links", "problem"),
    [
        ("a.example -> b.exampel: {}", r'4:5: unknown provider "b.exampel" \(did you mean "b.example"\?\)'),
        (
            "a.example - b.example: {}",
            r'4:5: "a.example - b.example" is no link: expected a link between two providers',
        ),
        ("a.example: {}", '4:5: "a.example" is no link'),
        ("a.example -> a.example: {}", '4:5: "a.example" has no link to itself'),
        ("a.example -> b.example: {latenzy: 1 ms}", r'4:30: link has no field "latenzy" \(did you mean "latency"\?\)'),
        ("a.example -> b.example: {latency: 1 mss}", "4:39: expected a time such as 40 ms"),
    ],
)
def test_what_is_no_link_is_said_where_it_stands(links: str, problem: str) -> None:
    with pytest.raises(ScenarioFileError, match=f":{problem}"):
        scenario("  []\n", f"\nnetwork:\n  links:\n    {links}{TOPOLOGY}")


def test_a_direction_is_said_once() -> None:
    twice = "a.example <-> b.example: {latency: 1 ms}\n    b.example -> a.example: {latency: 2 ms}"
    with pytest.raises(ScenarioFileError, match=r':5:5: "b.example -> a.example" is here twice') as caught:
        scenario("  []\n", f"\nnetwork:\n  links:\n    {twice}{TOPOLOGY}")
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    "step",
    ["together: {over: 1 s, entries: [{offline: bob}, {offline: carol}]}", "expect: {delivery_time: {messages: m}}"],
)
def test_what_says_simulated_time_needs_a_network(step: str) -> None:
    steps = TEAM + "  - send: {by: bob, group: team}\n    as: m\n  - "
    with pytest.raises(ScenarioFileError, match=r':17:5: "\w+" says simulated time here: it needs a "network"'):
        scenario(steps + step + "\n")
    scenario(steps + step + "\n", "network: {}" + TOPOLOGY)


async def test_parameters_may_say_it() -> None:
    head = 'parameters: {latency: 7}\nnetwork: {latency: "${latency} ms"}' + TOPOLOGY
    await passes(
        TEAM
        + """
  - send: {by: alice.phone, group: team}
    as: m
    expect: {delivery_time: {messages: m, by: [bob, carol], at_least: 7 ms, at_most: 7 ms}}
""",
        head,
    )


async def test_somebody_else_s_server_takes_no_simulated_time(tmp_path) -> None:  # type: ignore[no-untyped-def]
    wanted = scenario("  - create_group: alice\n", "network: {latency: 1 ms}" + with_external(tmp_path))
    result = await run_scenario(wanted, 1, Silent())
    assert result.result is Result.unsupported
    assert "c.example is an external provider" in result.reason


def test_it_is_in_one_process() -> None:
    assert why_not_spread(scenario(TEAM)) is None
    assert "simulated time" in (why_not_spread(scenario(TEAM, NETWORK + TOPOLOGY)) or "")
