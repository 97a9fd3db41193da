"""Rules that somebody does not keep: what breaks them is let through, and told."""

import pytest

from simulator.scenario import Result
from simulator.scenario.loading.problems import ScenarioFileError
from simulator.trace import ProtocolEvent, Recorder
from tests.scenario.small_scenarios import TEAM, TOPOLOGY, play, scenario

ASKED = "fields: {version: 1, sender: a.example, recipient: c.example}"
ODD = f"  - request: {{by: a.example, to: b.example, endpoint: verification_key, {ASKED}}}\n"
REFUSED = ODD + "    expect: {error: wrong_recipient}\n"


async def waived(steps: str, head: str = TOPOLOGY) -> list[tuple[str, tuple[str, ...]]]:
    """By whom and what was let through in a run that passes."""
    recorder = Recorder()
    result = await play(steps, head, recorder=recorder)
    assert result.result is Result.passed, result.failures
    return [
        (event.name, event.rules)
        for event in recorder.events
        if isinstance(event, ProtocolEvent) and event.kind == "Waived"
    ]


async def test_from_the_step_on_a_provider_lets_through_what_it_refused_before() -> None:
    told = await waived(REFUSED + "  - waive: {by: b.example, rules: [T-SECURITY-RECIPIENT]}\n" + ODD)
    assert told == [("b.example", ("T-SECURITY-RECIPIENT/OWN-NAME", "T-SECURITY-RECIPIENT"))]


async def test_nobody_else_does() -> None:
    assert await waived("  - waive: {by: c.example, rules: [T-SECURITY-RECIPIENT]}\n" + REFUSED) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  key_packages: 3", "  key_packages: 3\n  waive: [T-SECURITY-RECIPIENT]"),
        ("b.example: {", "b.example: {waive: [T-SECURITY-RECIPIENT], "),
    ],
)
async def test_a_topology_says_so_from_the_start(before: str, after: str) -> None:
    assert len(await waived(ODD, TOPOLOGY.replace(before, after))) == 1


async def test_all_do_where_nobody_is_named() -> None:
    assert len(await waived("  - waive: [T-SECURITY-RECIPIENT]\n" + ODD + TEAM)) == 1


LAST = 2**64 - 1


@pytest.mark.parametrize("begins", [0, LAST])
async def test_a_key_that_is_good_for_ever_can_be_kept(begins: int) -> None:
    told = await waived(f"""
  - waive: [PROVIDER-KEY-LIFETIME]
  - answer: {{by: b.example, endpoint: verification_key, set: {{body.not_before: {begins}, body.not_after: {LAST}}}}}
  - request_connection: {{from: bob, to: alice}}
""")
    assert {rules for _, rules in told} == {("PROVIDER-KEY-LIFETIME",)}


async def test_a_leaf_that_is_good_for_ever_can_be_kept() -> None:
    await waived(f"""
  - waive: [RFC9420-7.2-LIFETIME-TOO-LONG, RFC9420-7.3-INVALID-SIGNATURE, RFC9420-10.1-INVALID-SIGNATURE]
  - connect: {{from: alice, to: bob}}
  - answer:
      by: b.example
      endpoint: group_key_packages
      set: {{body.key_packages.0.leaf_node.source.lifetime.not_after: {LAST}}}
  - create_group: alice
    as: team
  - add_users: {{by: alice, group: team, users: bob}}
    expect: {{may_reject: no_matching_key_package}}
""")


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ("T-SECURITY-RECIPIENTS", 'did you mean "T-SECURITY-RECIPIENT"'),
        ("T-ENDPOINTS", "unknown requirement"),
        ("DS-FANOUT-AFTER-RESPONSE", "can't be waived: nobody refuses anything by it"),
    ],
)
def test_what_nobody_can_waive_is_told_where_it_stands(rule: str, complaint: str) -> None:
    with pytest.raises(ScenarioFileError, match=complaint):
        scenario(f"  - waive: [{rule}]\n")
