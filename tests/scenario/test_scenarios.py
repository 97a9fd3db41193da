"""Every shipped scenario passes, and the same seed makes the same bytes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.drafts.dissection import dissector
from simulator.scenario import Result, Scenario, load, load_file, run_scenario
from simulator.scenario.tracing import header
from simulator.trace import Recorder, Trace
from simulator.trace.diff_views import text
from simulator.trace.golden import SHAPES, golden_name, verify
from tests.scenario.stage import Silent, culprit

FOLDER = Path(__file__).parents[2] / "scenarios"
GOLDEN = Path(__file__).parents[1] / "golden_traces"
SCENARIOS = load([FOLDER])
FAMILIES = ("connection", "joins", "fanout", "malicious")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: Path(scenario.id).name)
async def test_every_shipped_scenario_passes_as_its_golden_trace_says(scenario: Scenario) -> None:
    recorder = Recorder()
    result = await run_scenario(scenario, None, Silent(), recorder)
    assert result.result is Result.passed, culprit(result)
    assert result.exchanges > 0
    about = header(scenario, scenario.content.seed)
    changes = verify([Trace(about, recorder.events, dissector(about.draft))], GOLDEN)
    assert not changes, f"{text(changes)}\nif that is meant to be: make goldens"


def test_every_golden_trace_is_of_a_shipped_scenario() -> None:
    shipped = {golden_name(scenario.id) for scenario in SCENARIOS}
    assert {file.name for file in GOLDEN.iterdir()} == shipped | {SHAPES}
    assert sum(file.stat().st_size for file in GOLDEN.iterdir()) < 6000 * len(SCENARIOS)


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_has_three_files_or_more(family: str) -> None:
    assert len([scenario for scenario in SCENARIOS if Path(scenario.file).parent.name == family]) >= 3


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: Path(scenario.id).name)
def test_each_explains_itself_and_has_three_providers_or_more(scenario: Scenario) -> None:
    assert len(scenario.content.description) > 100
    assert len(scenario.topology.providers) >= 3


Bytes = dict[str, list[tuple[str, str, str]]]
"""Per pair of sender and recipient: the endpoint, request and response of every exchange, in order."""


async def played(scenario: Scenario, seed: int) -> Bytes:
    """What a run puts on the wire. Requests to several providers go out side by side: among these no order is promised,
    but between two of them it is.
    """
    recorder = Recorder()
    result = await run_scenario(scenario, seed, Silent(), recorder)
    assert result.result is Result.passed, culprit(result)
    found: Bytes = {}
    for e in recorder.exchanges:
        pair = found.setdefault(f"{e.sender} {e.recipient}", [])
        pair.append((e.endpoint, e.request.hex(), e.response.hex()))
    return found


def played_elsewhere(name: str, seed: int, hash_seed: str) -> Bytes:
    """The same from another process, in which sets and text hashes have another order."""
    code = f"""
import json, sys, trio
from tests.scenario.test_scenarios import FOLDER, load_file, played
json.dump(trio.run(played, load_file(FOLDER / "{name}.yaml"), {seed}), sys.stdout)
"""
    environment = {**os.environ, "PYTHONPATH": str(FOLDER.parent), "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return {pair: [tuple(each) for each in exchanges] for pair, exchanges in json.loads(done.stdout).items()}


@pytest.mark.parametrize("name", ["joins/racing-adds", "fanout/offline-client", "malicious/rewritten-sender"])
async def test_one_seed_makes_the_same_bytes_and_another_seed_others(name: str) -> None:
    scenario = load_file(FOLDER / f"{name}.yaml")
    first, second, other = [await played(scenario, seed) for seed in (7, 7, 8)]
    assert len(first) >= 3
    assert first == second
    assert {pair: [endpoint for endpoint, *_ in made] for pair, made in first.items()} == {
        pair: [endpoint for endpoint, *_ in made] for pair, made in other.items()
    }
    changed = [ours[1:] != theirs[1:] for pair in first for ours, theirs in zip(first[pair], other[pair], strict=True)]
    assert changed.count(True) > len(changed) // 2


async def test_what_happens_together_is_the_same_too() -> None:
    """Only whom a provider serves first is open."""
    scenario = load_file(FOLDER / "fanout/all-at-once.yaml")
    first, second = [await played(scenario, 7) for _ in range(2)]
    assert len(first) >= 4
    assert {pair: sorted(made) for pair, made in first.items()} == {pair: sorted(made) for pair, made in second.items()}


async def test_the_bytes_do_not_depend_on_the_order_of_hashes() -> None:
    name = "fanout/offline-client"
    here = await played(load_file(FOLDER / f"{name}.yaml"), 7)
    for hash_seed in ("1", "2"):
        assert played_elsewhere(name, 7, hash_seed) == here
