"""`connect` asks and lets accept, user by user."""

from pathlib import Path

import pytest

from simulator.scenario import Result
from simulator.scenario.steps import connect
from tests.external_providers import carols
from tests.scenario.small_scenarios import passes, play

ROOMS = "mimi-protocol-06"


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


async def test_an_external_provider_s_user_is_only_asked_and_the_others_are_connected_all_the_same(
    tmp_path: Path,
) -> None:
    async with carols(tmp_path, agreeing=False) as head:
        result = await play(TOGETHER, head)
    assert [step.result for step in result.steps] == [Result.unsupported, Result.passed]
    assert result.reason == "c.example is an external provider: a client of carol can't be had from outside"


async def test_an_external_provider_s_user_who_agrees_by_itself_is_waited_for(tmp_path: Path) -> None:
    async with carols(tmp_path, agreeing=True, said=", accepts: true") as head:
        result = await play(TOGETHER, head)
    assert result.result is Result.passed, [step.message for step in result.steps]


@pytest.mark.parametrize("key_packages", [3, 0])
async def test_where_providers_tell_each_other_it_is_seen_by_that_or_by_key_packages(
    tmp_path: Path, key_packages: int
) -> None:
    """The second time nobody tells: carol has agreed already."""
    talk = carols(tmp_path, agreeing=True, said=", accepts: true", draft=ROOMS, key_packages=key_packages)
    async with talk as head:
        assert (await play(TOGETHER, head)).result is Result.passed
        again = await play(TOGETHER, head) if key_packages else None
    assert again is None or again.result is Result.passed


async def test_whom_nothing_tells_that_an_external_provider_s_user_agreed_hears_the_last_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "TIMEOUT", 0.3)
    async with carols(tmp_path, agreeing=False, said=", accepts: true", draft=ROOMS) as head:
        result = await play(TOGETHER, head)
    why = "its KeyPackages are refused, mimi://c.example/u/carol: no_consent"
    assert result.reason == f"c.example is an external provider: carol has not agreed within 0.3 s: {why}"


async def test_an_external_provider_s_user_who_does_not_agree_though_it_should_is_nobody_s_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "TIMEOUT", 0.3)
    async with carols(tmp_path, agreeing=False, said=", accepts: true") as head:
        result = await play(TOGETHER, head)
    assert [step.result for step in result.steps] == [Result.unsupported, Result.passed]
    assert result.reason.startswith("c.example is an external provider: carol has not agreed within 0.3 s: its")


@pytest.mark.parametrize("step", ["connect: {from: alice, to: dora}", "request_connection: {from: alice, to: dora}"])
async def test_nobody_can_make_somebody_a_user_of_an_external_provider_s(tmp_path: Path, step: str) -> None:
    async with carols(tmp_path, agreeing=False) as head:
        result = await play(f"  - {step}\n", head.replace("carol: [phone]", "dora: [phone]"))
    assert result.reason == (
        "c.example is an external provider: the user dora, whom it does not know, can't be had from outside"
    )


async def test_a_user_whom_nobody_should_know_is_refused_by_an_external_provider_too(tmp_path: Path) -> None:
    async with carols(tmp_path, agreeing=False) as head:
        result = await play("  - request_connection: {from: alice, to: 'mimi://c.example/u/x'}\n", head)
    assert result.result is Result.failed
