"""Files are downloaded that a message refers to, where there are any."""

from pathlib import Path

import pytest

from simulator.scenario import Result, ScenarioResult, load_file, run_scenario
from tests.scenario.small_scenarios import TEAM, Silent, play

CLUB = """
name: Files
description: What is downloaded.
drafts: [mimi-protocol-06]
topology:
  providers:
    a.example: {users: {alice: [phone]}}
    b.example: {users: {bob: [phone]}}
steps:
  - connect: {from: alice, to: bob}
  - create_group: alice
    as: club
  - add_users: {by: alice, group: club, users: bob}
  - send: {by: alice, group: club, text: Hi}
  - send: {by: alice, group: club, text: Look!, file: a picture, size: 100}
"""


async def played(folder: Path, steps: str) -> ScenarioResult:
    """The result of these steps after those."""
    file = folder / "files.yaml"
    file.write_text(CLUB + steps)
    return await run_scenario(load_file(file), None, Silent())


async def test_what_a_message_refers_to(tmp_path: Path) -> None:
    steps = "  - download: {by: bob, group: club, text: Look!}\n    expect: {noticed: {event: downloaded, by: bob}}\n"
    assert (await played(tmp_path, steps)).result is Result.passed


@pytest.mark.parametrize("text", ["Hi", "What?"])
async def test_messages_that_refer_to_nothing(tmp_path: Path, text: str) -> None:
    result = await played(tmp_path, f"  - download: {{by: bob, group: club, text: {text}}}\n")
    assert result.result is Result.failed
    assert f"bob has no message '{text}' that refers to a file" in result.steps[-1].mismatches[0].happened


async def test_a_draft_without_files_does_not_know_what_it_means() -> None:
    for step in ("download: {by: alice, group: team}", "send: {by: alice, group: team, file: a picture}"):
        result = await play(f"{TEAM}\n  - {step}\n")
        assert result.steps[-1].result is Result.unsupported
        assert "messages refer to no files" in str(result.steps[-1].message)
