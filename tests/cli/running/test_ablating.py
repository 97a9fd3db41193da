"""Runs without a rule, for real: small scenarios, here and side by side."""

import io
from contextlib import nullcontext, redirect_stderr
from dataclasses import replace
from pathlib import Path

import polars
import pytest

from simulator.cli.output.console import TextConsole
from simulator.cli.running.ablating import run_ablations
from simulator.cli.running.engine_choice import engine_of
from simulator.cli.running.kept_trials import KeptTrials
from simulator.cli.running.progress_bar import Bar
from simulator.drafts import DRAFTS
from simulator.errors import SimulatorError
from simulator.scenario import Scenario
from simulator.scenario.ablation import Row, Verdict, chosen, subjects
from tests.scenario.small_scenarios import scenario

KNOWN = subjects(DRAFTS[0])
DRAFT = DRAFTS[0].name
RULE = "T-SECURITY-RECIPIENT"
ASKED = "fields: {version: 1, sender: a.example, recipient: c.example}"
ODD = f"  - request: {{by: a.example, to: b.example, endpoint: verification_key, {ASKED}}}\n"


def named(name: str, steps: str) -> Scenario:
    return replace(scenario(steps), id=name, file=f"{name}.yaml")


REFUSED = named("refused", ODD + "    expect: {error: wrong_recipient}\n")
ANYHOW = named("anyhow", ODD + "    expect: {may_fail: true}\n")
OTHER = named("other", "  - offline: bob.phone\n")


async def rows(
    *scenarios: Scenario, rule: str = RULE, workers: int = 1, folder: Path | None = None
) -> tuple[tuple[Row, ...], int]:
    """What is found out of a rule, and in how many runs."""
    with redirect_stderr(io.StringIO()):
        bar = Bar(TextConsole(stderr=True))
    wanted = {DRAFT: chosen(KNOWN, [rule])}
    with bar, nullcontext() if folder is None else KeptTrials(folder, wanted, {DRAFT: scenarios}) as kept:
        found = await run_ablations(wanted, {DRAFT: scenarios}, engine_of(workers), kept, bar)
    assert [each.draft for each in found.drafts] == [DRAFT]
    return found.drafts[0].rows, bar.runs


@pytest.mark.parametrize("workers", [1, 2])
async def test_who_expects_the_refusal_notices_that_it_does_not_come(workers: int) -> None:
    found, runs = await rows(OTHER, REFUSED, ANYHOW, workers=workers)
    row = next(each for each in found if each.notices)
    assert (row.verdict, row.seen_in) == (Verdict.noticed, ("refused", "anyhow"))
    (notice,) = row.notices
    assert notice.scenario == "refused"
    assert notice.words.startswith(
        f"refused.yaml:{REFUSED.steps[0].line} request: expected error wrong_recipient, but "
    )
    assert runs == 3 + 2 * len([each for each in found if each.seen_in])


async def test_who_expects_nothing_does_not() -> None:
    found, _ = await rows(ANYHOW)
    row = next(each for each in found if each.seen_in)
    assert (row.verdict, row.notices) == (Verdict.hole, ())


async def test_a_scenario_that_does_not_pass_as_it_is_says_nothing() -> None:
    failing = named("failing", ODD)
    with pytest.raises(
        SimulatorError, match=r"^failing does not pass though every rule is kept, .*: failing.yaml:\d+ "
    ):
        await rows(REFUSED, failing)


async def test_what_was_made_before_is_not_run_again(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    found, runs = await rows(OTHER, REFUSED, ANYHOW, folder=folder)
    assert runs > 3
    assert await rows(OTHER, REFUSED, ANYHOW, folder=folder) == (found, 0)
    (file,) = (folder / "runs").glob("*.parquet")
    whole = polars.read_parquet(file)
    assert len(whole) == runs
    whole.head(2).write_parquet(file)  # as after SIGKILL
    assert await rows(OTHER, REFUSED, ANYHOW, folder=folder, workers=2) == (found, runs - 2)
    assert sorted(polars.read_parquet(folder / "runs" / "*.parquet")["key"]) == sorted(whole["key"])


async def test_what_can_not_be_kept_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise SimulatorError("the disk is full")

    monkeypatch.setattr(KeptTrials, "add", full)
    with pytest.raises(SimulatorError, match=r"^the disk is full$"):
        await rows(OTHER, REFUSED, folder=tmp_path / "kept")
