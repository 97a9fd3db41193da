"""Every shipped scenario passes, and the same seed makes the same bytes."""

from pathlib import Path

import pytest

from simulator.drafts import DRAFTS, registry
from simulator.drafts.draft import Draft
from simulator.scenario import Result, load, load_file, run_scenario
from simulator.scenario.claims import unshown
from simulator.scenario.running.tracing import header
from simulator.trace import Recorder, Trace
from simulator.trace.comparing.diff_text import text
from simulator.trace.comparing.golden import LAYOUT, verify
from simulator.trace.comparing.golden_files import golden_name, scenario_of
from simulator.trace.tree import undissected
from tests.scenario.played import played, played_elsewhere
from tests.scenario.shipped import FOLDER, SHIPPED
from tests.scenario.small_scenarios import Silent, culprit

GOLDEN = Path(__file__).parents[1] / "golden_traces"
FILES = tuple(dict.fromkeys(Path(scenario.file) for scenario in SHIPPED))
LIKE_ANOTHER = "mimi-transport-01"
"""A draft with the rules of another one: of the files that do not name it, only `make goldens` runs all."""
FAMILIES = ("connection", "joins", "fanout", "malicious")


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.name)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FOLDER).with_suffix("").as_posix())
async def test_each_file_says_why_it_is_not_for_a_draft_or_passes_as_its_golden_trace_says(
    file: Path, draft: Draft
) -> None:
    """And shows what it claims, where it is run unasked: in other drafts, other checks may come first."""
    for scenario in load([file], draft=draft):
        if scenario.unsupported:
            assert scenario.content.other_drafts is not None, scenario.unsupported
            continue
        if draft.name == LIKE_ANOTHER and draft.name not in scenario.content.drafts:
            continue
        recorder = Recorder()
        result = await run_scenario(scenario, None, Silent(), recorder)
        if result.result is Result.unsupported:
            assert result.reason
        else:
            assert result.result is Result.passed, culprit(result)
            assert result.exchanges > 0
            if draft in registry.usual() or draft.name in scenario.content.drafts:
                assert not list(unshown(result)), "\n".join(unshown(result))
        changes = verify([Trace.of_run(header(scenario, scenario.content.seed), recorder.events)], GOLDEN)
        assert not changes, f"{text(changes)}\nif that is meant to be: make goldens"


def test_every_golden_trace_is_of_a_shipped_scenario() -> None:
    names = {golden_name(scenario_of(Trace(header(each, 1), (), undissected))) for each in SHIPPED}
    assert {folder.name for folder in GOLDEN.iterdir()} == {draft.name for draft in DRAFTS}
    for folder in GOLDEN.iterdir():
        assert {file.name for file in folder.iterdir()} <= {LAYOUT, *names}
    assert sum(file.stat().st_size for file in GOLDEN.glob("*/*")) < 8000 * len(SHIPPED) * len(DRAFTS)


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_has_three_files_or_more(family: str) -> None:
    assert len([scenario for scenario in SHIPPED if Path(scenario.file).parent.name == family]) >= 3


def test_each_explains_itself_and_has_three_providers_or_more() -> None:
    for scenario in SHIPPED:
        assert len(scenario.content.description) > 100, scenario.id
        assert len(scenario.topology.providers) >= 3, scenario.id


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
    file = FOLDER / "fanout/offline-client.yaml"
    here = await played(load_file(file), 7)
    for hash_seed in ("1", "2"):
        assert played_elsewhere(file, 7, hash_seed) == here
