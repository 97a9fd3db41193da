"""Operations that nobody has written down, carried out."""

from collections import Counter
from unittest.mock import patch

import pytest
import trio

from simulator.drafts.registry import find
from simulator.scenario import NullObserver, Result, Scenario, ScenarioResult, load, run_scenario
from simulator.scenario.entry import Entry
from simulator.scenario.random_operations.reading import Item
from simulator.scenario.running.context import Context
from simulator.scenario.running.step_run import Verdict, run_entry
from simulator.services.decisions import Kind
from simulator.trace import ProtocolEvent, Recorder
from tests.cli.process import ROOT
from tests.sweep.shrinking.planted import PLANTED, forgetful

FILES = {name: ROOT / "scenarios" / name / "random-operations.yaml" for name in ("resilience", "tokens")}


async def played(scenario: Scenario, seed: int, recorder: Recorder | None = None) -> tuple[ScenarioResult, list[Item]]:
    """What came of it, and what was drawn."""
    drawn: list[Item] = []

    async def perform(entry: Entry, context: Context) -> Verdict:
        try:
            return await run_entry(entry, context)
        finally:
            drawn[:] = [each.item for each in context.drawn]

    return await run_scenario(scenario, seed, NullObserver(), recorder, perform), drawn


@pytest.mark.parametrize(
    ("draft", "seed"), [("mimi-transport-00", 2), ("mimi-transport-00", 3), ("mimi-protocol-06", 2)]
)
async def test_whatever_happens_nothing_is_lost_and_all_agree(draft: str, seed: int) -> None:
    (scenario,) = load([FILES["resilience"]], parameters={"operations": 50}, draft=find(draft))
    result, drawn = await played(scenario, seed)
    assert result.result is Result.passed, result.failures
    kinds = Counter(next(iter(item)) for item in drawn)
    assert kinds["send"]
    assert kinds["fault"]
    assert drawn[-1]["expect"]["delivered"] == {"all": True}


async def test_tokens_pay_for_lookups() -> None:
    (scenario,) = load([FILES["tokens"]], draft=find("mimi-transport-00"))
    recorder = Recorder()
    result, _ = await played(scenario, 1, recorder)
    assert result.result is Result.passed, result.failures
    assert any(isinstance(event, ProtocolEvent) and event.kind == Kind.redeemed for event in recorder.events)


def test_a_seed_says_all() -> None:
    (scenario,) = load([FILES["resilience"]])
    (first, drawn), (second, drawn_again) = (trio.run(played, scenario, 4) for _ in range(2))
    assert drawn == drawn_again
    assert first.exchanges == second.exchanges


async def test_a_failure_names_the_operation() -> None:
    (scenario,) = load([FILES["resilience"]], parameters={"operations": 40})
    with patch(PLANTED, forgetful):
        result, drawn = await played(scenario, 1)
    ((mismatch,),) = [step.mismatches for step in result.failures]
    assert mismatch.expected == "every message at every member"
    assert f"(after operation {len(drawn)}, " in mismatch.happened
