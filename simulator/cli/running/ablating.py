"""Runs what ablation needs: the scenarios with every rule kept, then each without some rules, side by side."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from simulator.cli.running.jobs import Job
from simulator.cli.running.progress_bar import Bar
from simulator.cli.running.running import run_all
from simulator.drafts import registry
from simulator.errors import SimulatorError
from simulator.machine import MachineFailure
from simulator.scenario import Result, Scenario, ScenarioResult
from simulator.scenario.ablation import Ablation, AblationTable, Subject, Trial, ablate, subjects

if TYPE_CHECKING:
    from simulator.cli.running.engine_choice import EngineMaker


async def run_ablations(
    wanted: Mapping[str, Sequence[Subject]],
    scenarios: Mapping[str, Sequence[Scenario]],
    engine: "EngineMaker | None",
    bar: Bar,
) -> AblationTable:
    """What becomes of the scenarios without each of the rules `wanted`; both by the name of a draft. Raises
    SimulatorError where a scenario does not pass with every rule kept, or an engine is lost, MachineFailure, and
    Interrupted.
    """
    return AblationTable(
        tuple([await _ablation(draft, rules, scenarios[draft], engine, bar) for draft, rules in wanted.items()])
    )


async def _ablation(
    draft: str, wanted: Sequence[Subject], scenarios: Sequence[Scenario], engine: "EngineMaker | None", bar: Bar
) -> Ablation:
    async def results(jobs: Iterable[Job]) -> list[ScenarioResult]:
        return [ran.result for ran in await run_all(jobs, bar, engine=engine)]

    bar.begin(f"{draft}: every rule kept", len(scenarios))
    baseline = await results(Job(each, each.content.seed) for each in scenarios)
    _check(baseline)
    waves = 0

    async def run(trials: Sequence[Trial]) -> list[ScenarioResult]:
        nonlocal waves
        waves += 1
        bar.begin(f"{draft}: without {'one rule' if waves == 1 else 'several'}", len(trials))
        return await results(_job(trial) for trial in trials)

    rows = await ablate(wanted, subjects(registry.named(draft)), baseline, run)
    return Ablation(draft, len(scenarios), rows)


def _job(trial: Trial) -> Job:
    return Job(trial.scenario.waiving(trial.waived), trial.scenario.content.seed)


def _check(baseline: Sequence[ScenarioResult]) -> None:
    """Raises SimulatorError, and MachineFailure where this machine is why."""
    for result in baseline:
        if result.result not in (Result.failed, Result.fault):
            continue
        first = result.failures[0]
        if isinstance(first.error, MachineFailure):
            raise first.error
        raise SimulatorError(
            f"{result.scenario.id} does not pass though every rule is kept, so that it says nothing about rules: "
            f"{first.file or result.scenario.file}:{first.line} {first.name}: {first.message}"
        )
