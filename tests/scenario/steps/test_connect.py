"""`connect` asks and lets accept, user by user."""

from pathlib import Path

import pytest

from simulator.scenario import Result
from simulator.scenario.steps import connect
from tests.scenario.stage import passes, play
from tests.strangers import carols


async def test_all_are_connected_with_the_one_who_asks() -> None:
    await passes("""
  - connect: {from: alice.laptop, to: [bob, carol]}
    expect:
      - connected: [alice, bob]
      - connected: [alice, carol]
""")


TOGETHER = """
  - connect: {from: alice, to: [carol, bob]}
  - expect: {connected: [alice, bob]}
"""


async def test_a_stranger_s_user_is_only_asked_and_the_others_are_connected_all_the_same(tmp_path: Path) -> None:
    async with carols(tmp_path, agreeing=False) as head:
        result = await play(TOGETHER, head)
    assert [step.result for step in result.steps] == [Result.unsupported, Result.passed]
    assert result.reason == "c.example is an external provider: a client of carol can't be had from outside"


async def test_a_stranger_s_user_who_agrees_by_itself_is_waited_for(tmp_path: Path) -> None:
    async with carols(tmp_path, agreeing=True, said=", accepts: true") as head:
        result = await play(TOGETHER, head)
    assert result.result is Result.passed, [step.message for step in result.steps]


async def test_a_stranger_s_user_who_does_not_agree_though_it_should_is_nobody_s_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "PATIENCE", 0.3)
    async with carols(tmp_path, agreeing=False, said=", accepts: true") as head:
        result = await play(TOGETHER, head)
    assert [step.result for step in result.steps] == [Result.unsupported, Result.passed]
    assert result.reason == "c.example is an external provider: carol has not agreed within 0.3 s"
