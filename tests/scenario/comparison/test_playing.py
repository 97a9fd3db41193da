"""Steps are run whatever a file expects of them, and looked at one by one."""

from simulator.scenario import Result
from simulator.scenario.comparison import End
from tests.scenario.comparison.runs import IN_A_TEAM, played

SENT = """
  - send: {by: alice.phone, group: team, text: Hello}
    as: hello
  - capture: {endpoint: fan_out, from: a.example, to: b.example, during: hello}
    as: stolen
"""
FORWARDED = f"{IN_A_TEAM}{SENT}  - forward: {{request: stolen, by: b.example, to: c.example}}\n"


async def test_what_a_file_expects_is_nothing_here() -> None:
    attacks, result = await played(f"{FORWARDED}    expect: {{http: 200, received: {{messages: hello, by: []}}}}\n")
    assert result.result is Result.passed
    assert [(each.label, each.end) for each in attacks] == [("forward", End.blocked)]


async def test_what_follows_a_step_that_does_not_work_out_is_played_too() -> None:
    never = "  - capture: {endpoint: fan_out, from: c.example, to: b.example, during: hello}\n    as: never\n"
    attacks, _ = await played(f"{IN_A_TEAM}{SENT}{never}  - replay: never\n  - replay: stolen\n")
    assert [each.number for each in attacks] == [7, 8]
    assert "it was never made" in attacks[0].why
    assert attacks[1].rules == ("P-5-ONCE",)


async def test_what_only_prepares_an_attack_and_what_everybody_may_do_is_none() -> None:
    attacks, _ = await played(
        f"{IN_A_TEAM}{SENT}  - tamper: {{request: stolen, append: '00'}}\n    as: longer\n"
        "  - odd_commit: {by: bob.phone, group: team, operation: update_client}\n    tags: [allowed]\n"
        "  - forward: {request: longer, by: b.example, to: c.example}\n"
    )
    assert [each.label for each in attacks] == ["forward"]


async def test_an_attack_that_is_left_out_is_unsupported() -> None:
    attacks, _ = await played(f"{FORWARDED}    skip: not today\n")
    assert [(each.end, each.why) for each in attacks] == [(End.unsupported, "not today")]


async def test_a_step_of_other_drafts_is_no_attack_in_this_one() -> None:
    attacks, _ = await played(f"{FORWARDED}  - replay: stolen\n    only: mimi-protocol-06\n")
    assert [each.label for each in attacks] == ["forward"]
