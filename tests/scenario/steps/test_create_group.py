"""A group is created at its creator's provider."""

from pathlib import Path

from simulator.scenario import Result
from tests.scenario.small_scenarios import passes, play, with_external


async def test_its_creator_is_alone_in_it() -> None:
    await passes("""
  - create_group: alice.laptop
    as: team
    expect:
      members: {group: team, clients: alice.laptop}
      agreement: {group: team, epoch: 0}
      requests: {count: 0}
""")


OF_CAROL = "  - create_group: {by: carol, settings: {open: true}}\n    as: lobby\n"
GROUPS = "groups: [{uri: mimi://c.example/g/lobby, settings: {open: true}}, {uri: mimi://c.example/g/other}]"


async def test_one_of_an_external_provider_is_there_with_these_settings_or_can_not_be_had(tmp_path: Path) -> None:
    head = with_external(tmp_path).replace("topology:", "topology:\n  draft: mimi-protocol-06")
    beyond = await play(OF_CAROL, head)
    assert beyond.reason == (
        "c.example is an external provider: a client of carol can't be had from outside, "
        "and nobody has said of a group there with these settings (groups)"
    )
    there = await play(OF_CAROL + OF_CAROL.replace("{open: true}", "{}").replace("lobby", "other"),
                       head.replace(", ca:", f", {GROUPS}, ca:"))  # fmt: skip
    assert there.result is Result.passed
