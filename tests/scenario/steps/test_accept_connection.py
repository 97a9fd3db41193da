"""Accepting joins the connection group and connects both users."""

import pytest

from simulator.scenario import Result, ScenarioFileError
from tests.scenario.small_scenarios import TOPOLOGY, fails, passes, play, scenario


async def test_both_are_connected() -> None:
    await passes("""
  - request_connection: {from: alice, to: bob}
    as: greeting
  - accept_connection: {by: bob, from: alice}
    expect: {connected: [alice, bob], members: {group: greeting, clients: [alice, bob]}}
""")


async def test_a_request_may_be_said_by_its_group() -> None:
    await passes("""
  - request_connection: {from: alice, to: bob}
    as: greeting
  - accept_connection: {by: bob, group: greeting}
    expect: {connected: [alice, bob], members: {group: greeting, clients: [alice, bob]}}
""")


@pytest.mark.parametrize("said", ["", ", from: alice, group: greeting"])
def test_by_one_of_the_two(said: str) -> None:
    with pytest.raises(ScenarioFileError, match="by from or by group"):
        scenario(f"""
  - request_connection: {{from: alice, to: bob}}
    as: greeting
  - accept_connection: {{by: bob{said}}}
""")


async def test_nothing_to_accept() -> None:
    mismatch = await fails("  - accept_connection: {by: bob, from: alice}")
    assert "has no connection request" in mismatch.happened
    assert mismatch.happened.endswith("(nothing waits)")


async def test_what_the_client_rejects_did_wait() -> None:
    mismatch = await fails("""
  - odd_group: {by: carol, id: "mimi://c.example/g/trap"}
    as: trap
  - request_connection: {from: alice, to: carol}
    as: asked
  - capture: {endpoint: connection_request, from: a.example, to: c.example, during: asked}
    as: invitation
  - tamper:
      request: invitation
      set:
        recipient: b.example
        sender: c.example
        group_id: mimi://c.example/g/trap
        recipients.0.client_id: mimi://b.example/d/bob/phone
      signed_by: c.example
    as: passed_on
  - forward: {request: passed_on, by: c.example, to: b.example}
  - accept_connection: {by: bob, from: carol}
""")
    assert "to answer: bob.phone rejected what waited: the Welcome is for no KeyPackage of ours" in mismatch.happened
    assert mismatch.happened.endswith(" no_matching_key_package)")


async def test_key_packages_go_with_the_answer_where_the_draft_has_a_place_for_them() -> None:
    steps = """
  - request_connection: {from: alice, to: bob}
  - accept_connection: {by: bob, from: alice, key_packages: true}
    expect: {key_packages: {of: bob, remaining: 2}}
"""
    assert (await play(steps)).result is Result.unsupported
    await passes(steps, TOPOLOGY.replace("topology:", "drafts: [mimi-protocol-06]\ntopology:"))
