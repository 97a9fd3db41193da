"""Runs what ablation needs: the scenarios with every rule kept, then each without some rules, side by side."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from simulator.cli.running.jobs import Job, Ran
from simulator.cli.running.progress_bar import Bar
from simulator.cli.running.running import run_all
from simulator.drafts import registry
from simulator.errors import SimulatorError
from simulator.scenario import NullObserver, Scenario
from simulator.scenario.ablation import Ablation, AblationTable, Subject, Trial, Tried, ablate, subjects

if TYPE_CHECKING:
    from simulator.cli.running.engine_choice import EngineMaker
    from simulator.cli.running.kept_trials import KeptTrials


async def run_ablations(
    wanted: Mapping[str, Sequence[Subject]],
    scenarios: Mapping[str, Sequence[Scenario]],
    engine: "EngineMaker | None",
    kept: "KeptTrials | None",
    bar: Bar,
) -> AblationTable:
    """What becomes of the scenarios without each of the rules `wanted`; both by the name of a draft. What is `kept`
    already is not run again. Raises SimulatorError where a scenario does not pass with every rule kept, or an engine is
    lost, MachineFailure, and Interrupted.
    """
    rows = []
    for draft, rules in wanted.items():
        runner = _Runner(draft, engine, kept, bar)
        rows.append(await _ablation(draft, rules, scenarios[draft], runner))
    return AblationTable(tuple(rows))


async def _ablation(draft: str, wanted: Sequence[Subject], scenarios: Sequence[Scenario], run: "_Runner") -> Ablation:
    baseline = await run([Trial(each, ()) for each in scenarios])
    for each in baseline:
        if each.notice is not None:
            raise SimulatorError(
                f"{each.scenario.id} does not pass though every rule is kept, so that it says nothing about rules: "
                f"{each.notice.words}"
            )
    return Ablation(draft, len(scenarios), await ablate(wanted, subjects(registry.named(draft)), baseline, run))


class _Runner:
    """Makes runs in one draft, wave by wave, but those that were made before."""

    def __init__(self, draft: str, engine: "EngineMaker | None", kept: "KeptTrials | None", bar: Bar) -> None:
        self._draft = draft
        self._engine = engine
        self._kept = kept
        self._bar = bar
        self._waves = 0

    async def __call__(self, trials: Sequence[Trial]) -> list[Tried]:
        """What they have shown, in their order. Raises MachineFailure, SimulatorError and Interrupted."""
        what = "every rule kept" if not self._waves else f"without {'one rule' if self._waves == 1 else 'several'}"
        self._waves += 1
        found = [None if self._kept is None else self._kept.known(self._draft, trial) for trial in trials]
        missing = [trial for trial, there in zip(trials, found, strict=True) if there is None]
        self._bar.begin(f"{self._draft}: {what}", len(missing))
        made = iter(await self._run(missing))
        return [next(made) if there is None else there for there in found]

    async def _run(self, trials: Sequence[Trial]) -> list[Tried]:
        wave = _Wave(self, trials)
        await run_all(map(_job, trials), wave, engine=self._engine)
        return wave.tried

    def ended(self, trial: Trial, ran: Ran) -> Tried:
        """Note what one has shown. Raises MachineFailure, and SimulatorError where it can't be kept."""
        self._bar.job_ended(ran)
        tried = Tried.of(trial.scenario, ran.result)
        if self._kept is not None:
            self._kept.add(self._draft, trial, tried)
        return tried


class _Wave(NullObserver):
    """Hears of the runs of a wave, in their order."""

    def __init__(self, runner: _Runner, trials: Sequence[Trial]) -> None:
        self._runner = runner
        self._left = iter(trials)
        self.tried: list[Tried] = []

    def job_ended(self, ran: Ran) -> None:
        """The next of them is over. Raises MachineFailure, and SimulatorError where it can't be kept."""
        self.tried.append(self._runner.ended(next(self._left), ran))


def _job(trial: Trial) -> Job:
    return Job(trial.scenario.waiving(trial.waived), trial.scenario.content.seed)
