"""What runs have shown is there again, of the same ablation alone."""

from dataclasses import replace
from pathlib import Path

import polars
import pytest

from simulator.cli.running.kept_trials import KeptTrials
from simulator.drafts import DRAFTS
from simulator.errors import SimulatorError
from simulator.scenario import Scenario
from simulator.scenario.ablation import Subject, Trial, chosen, subjects
from tests.scenario.ablation.found import tried
from tests.scenario.small_scenarios import scenario

DRAFT = DRAFTS[0].name
RULES = {DRAFT: chosen(subjects(DRAFTS[0]), ["T-SECURITY-RECIPIENT"])}
ONE = replace(scenario("  - offline: bob.phone\n"), id="one")
TRIAL = Trial(ONE, ("R", "A"))
SHOWN = replace(tried("one", {3: ("R",)}, fails="it did", let=("R",)), scenario=ONE)


def kept(folder: Path, rules: dict[str, list[Subject]] = RULES, scenarios: tuple[Scenario, ...] = (ONE,)) -> KeptTrials:  # type: ignore[assignment]
    return KeptTrials(folder, rules, {DRAFT: scenarios})


def test_what_was_kept_is_known_the_next_time(tmp_path: Path) -> None:
    with kept(tmp_path / "k") as trials:
        assert trials.known(DRAFT, TRIAL) is None
        trials.add(DRAFT, TRIAL, SHOWN)
    with kept(tmp_path / "k") as trials:
        assert trials.known(DRAFT, TRIAL) == SHOWN
        assert trials.known(DRAFT, Trial(ONE, ("R",))) is None
        assert trials.known("another", TRIAL) is None


def test_it_is_of_one_ablation(tmp_path: Path) -> None:
    with kept(tmp_path / "k"):
        pass
    other = replace(scenario("  - online: bob.phone\n"), id="one")
    with pytest.raises(SimulatorError, match="its inputs are not as they were then"):
        kept(tmp_path / "k", scenarios=(other,))
    with pytest.raises(SimulatorError, match="its axes, values or stop rule are others"):
        kept(tmp_path / "k", rules={DRAFT: []})


def test_a_damaged_row_is_a_sentence(tmp_path: Path) -> None:
    with kept(tmp_path / "k") as trials:
        trials.add(DRAFT, TRIAL, SHOWN)
    (file,) = (tmp_path / "k" / "runs").glob("*.parquet")
    polars.read_parquet(file).with_columns(seen=polars.lit("[]")).write_parquet(file)
    with kept(tmp_path / "k") as trials, pytest.raises(SimulatorError, match="what it has of one can't be read: TypeE"):
        trials.known(DRAFT, TRIAL)
