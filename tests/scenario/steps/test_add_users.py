"""Adding users brings all of their clients."""

from pathlib import Path

from simulator.scenario import Result
from tests.external_providers import carols
from tests.scenario.small_scenarios import TEAM, culprit, passes, play


async def test_all_clients_of_the_users_are_in() -> None:
    await passes("""
  - connect: {from: bob, to: [alice, carol]}
  - create_group: bob
    as: team
  - add_users: {by: bob, group: team, users: [alice, carol]}
    expect: {members: {group: team, clients: [bob, alice.phone, alice.laptop, carol]}}
""")


async def test_a_user_who_does_not_exist() -> None:
    await passes("""
  - create_group: alice
    as: team
  - add_users: {by: alice, group: team, users: "mimi://b.example/u/nobody"}
    expect: {error: unknown_user}
""")


async def test_external_providers_who_have_not_agreed_are_left_out(tmp_path: Path) -> None:
    steps = (
        TEAM
        + """
    expect: {members: {group: team, clients: [alice, bob]}}
  - add_users: {by: alice, group: team, users: carol}
"""
    )
    async with carols(tmp_path, agreeing=False) as head:
        result = await play(steps, head)
    assert result.result is Result.unsupported, culprit(result)
    passed, unsupported = Result.passed, Result.unsupported
    assert [step.result for step in result.steps] == [unsupported, passed, unsupported, unsupported]


async def test_external_providers_who_have_agreed_are_in_and_what_they_have_read_is_their_affair(
    tmp_path: Path,
) -> None:
    steps = (
        TEAM
        + """
    expect: {members: {group: team, clients: [alice, bob, carol]}}
  - send: {by: bob, group: team}
    as: hello
    expect: {received: {messages: hello, by: [alice, carol]}}
  - expect: {received: {messages: hello, by: alice}}
  - expect: {received: {messages: hello, by: carol}}
"""
    )
    async with carols(tmp_path, agreeing=True, said=", accepts: true") as head:
        result = await play(steps, head)
    passed = [Result.passed] * 3
    assert [step.result for step in result.steps] == [*passed, Result.unsupported, Result.passed, Result.failed]
    assert result.steps[3].message == "c.example is an external provider: a client of carol can't be had from outside"
    (mismatch,) = result.steps[-1].mismatches
    assert mismatch.expected == "alice.phone to have none of them"
