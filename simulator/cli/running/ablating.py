"""Runs what ablation needs: the scenarios with every rule kept, then each without some rules, side by side."""

from collections.abc import Iterable, Sequence

from simulator.cli.running.jobs import Job
from simulator.cli.running.progress_bar import Bar
from simulator.cli.running.running import run_all
from simulator.errors import SimulatorError
from simulator.machine import MachineFailure
from simulator.scenario import Result, Scenario, ScenarioResult
from simulator.scenario.ablation import Row, Subject, Trial, ablate


async def run_ablation(
    wanted: Sequence[Subject], known: Sequence[Subject], scenarios: Sequence[Scenario], bar: Bar, workers: int
) -> tuple[Row, ...]:
    """A row for each of the rules `wanted`. Raises SimulatorError where a scenario does not pass with every rule kept,
    MachineFailure, and Interrupted.
    """

    async def results(jobs: Iterable[Job]) -> list[ScenarioResult]:
        return [ran.result for ran in await run_all(jobs, bar, workers=workers)]

    bar.begin("every rule kept", len(scenarios))
    baseline = await results(Job(each, each.content.seed) for each in scenarios)
    _check(baseline)
    waves = 0

    async def run(trials: Sequence[Trial]) -> list[ScenarioResult]:
        nonlocal waves
        waves += 1
        bar.begin("without one rule" if waves == 1 else "without several", len(trials))
        return await results(_job(trial) for trial in trials)

    return await ablate(wanted, known, baseline, run)


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


def speaking(scenarios: Iterable[Scenario], draft: str) -> tuple[Scenario, ...]:
    """Those that speak this draft: they alone can tell of its rules. Raises SimulatorError where none does."""
    found = tuple(each for each in scenarios if each.topology.draft == draft)
    if not found:
        raise SimulatorError(f"no scenario here speaks {draft}: --draft says in which draft they are to be")
    return found


def check_ports(scenarios: Iterable[Scenario]) -> None:
    """Raises SimulatorError for a scenario that can't run beside itself."""
    for scenario in scenarios:
        for name, provider in scenario.topology.providers.items():
            if provider.port is not None and provider.external is None:
                raise SimulatorError(f"-j: {name} serves at port {provider.port} in {scenario.id}: leave -j out")
