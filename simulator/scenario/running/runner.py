"""Runs a scenario: providers up, one step after the other, each settled and checked; stops at the first that fails."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol

import trio

from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.errors import SimulatorError
from simulator.federation import Session, Unsupported, open_session
from simulator.machine import MachineFailure, machine_failure
from simulator.scenario.entry import Entry
from simulator.scenario.loading.loader import Scenario
from simulator.scenario.report import Result, ScenarioResult, StepResult
from simulator.scenario.running.building import (
    check_external,
    check_network,
    check_reachable,
    federation,
    needs_folder,
)
from simulator.scenario.running.context import Context
from simulator.scenario.running.spreading import kills, why_not_killed, why_not_spread
from simulator.scenario.running.step_run import Verdict, run_entry
from simulator.scenario.running.tracing import step_began, step_ended
from simulator.scenario.seen import Occurred, SeenIn, as_expected, by_step
from simulator.scenario.step import Failed, Mismatch
from simulator.trace import End, Recorder

if TYPE_CHECKING:
    from simulator.federation.processes import Processes

SETUP = "start"
"""The name of what happens before the first step: providers and clients get ready."""


Perform = Callable[[Entry, Context], Awaitable[Verdict]]
"""Runs one step, and says what came of it. Raises SimulatorError where the scenario has to end there."""


class Observer(Protocol):
    """Whoever wants to watch a run."""

    def scenario_began(self, scenario: Scenario) -> None:
        """Its providers are about to start."""
        ...

    def step_began(self, scenario: Scenario, number: int) -> None:
        """Steps count from 1."""
        ...

    def scenario_ended(self, result: ScenarioResult) -> None:
        """Its providers are gone again."""
        ...


class NullObserver:
    """Watches nothing."""

    def scenario_began(self, scenario: Scenario) -> None:
        """Nothing."""

    def step_began(self, scenario: Scenario, number: int) -> None:
        """Nothing."""

    def scenario_ended(self, result: ScenarioResult) -> None:
        """Nothing."""


@dataclass(slots=True)
class _Progress:
    """How far a run has come: the results so far, and the step that is running."""

    scenario: Scenario
    recorder: Recorder
    results: list[StepResult] = field(default_factory=list)
    begun: int = 0
    since: float = field(default_factory=trio.current_time)
    """When it began, by trio's clock."""
    setup: StepResult | None = None
    """How it failed, if it did before the first step."""
    session: Session | None = None
    """The federation, once it is up."""

    @property
    def entry(self) -> Entry | None:
        """The step that began last."""
        return self.scenario.steps[self.begun - 1] if self.begun else None

    def note(self, result: Result, message: str, mismatches: tuple[Mismatch, ...] = (), fault: Any = None) -> None:
        """The result of the step that was running, or of getting ready for the first."""
        name, line = (self.entry.label, self.entry.line) if self.entry else (SETUP, 1)
        file = self.entry.file if self.entry else None
        of_others = self.entry is not None and self.entry.is_of_other_drafts
        attack = self.entry.expect.outcome.attack if self.entry and result is Result.passed else {}
        noted = StepResult(name, line, result, message, mismatches, fault, file, of_others, attack)
        self.recorder.add(step_ended(noted, trio.current_time() - self.since))  # before it counts: this may fail, too
        if self.entry:
            self.results.append(noted)
        else:
            self.setup = noted

    def fail(self, error: BaseException) -> None:
        """Note what went wrong. Once the simulator or this machine has failed, nothing is said about the scenario."""
        noted = self.session.faults if self.session else ()
        error = machine_failure(error) or next(iter(noted), _innermost(error))
        line = self.entry.line if self.entry else 1
        match error:
            case Failed():
                self.note(Result.failed, str(error), error.mismatches)
            case trio.TooSlowError():
                limit = f"an end within {self.scenario.content.timeout.seconds} s"
                self.note(Result.failed, "not over in time", (Mismatch(line, limit, "it was still running"),))
            case Unsupported():
                self.note(Result.unsupported, str(error))
            case SimulatorError():
                wanted = str(self.entry.expect.outcome) if self.entry else "success"
                self.note(Result.failed, str(error), (Mismatch(line, wanted, str(error)),))
            case MachineFailure():
                self.note(Result.fault, str(error), fault=error)
            case _:
                self.note(Result.fault, f"{type(error).__name__}: {error}", fault=error)


async def run_scenario(
    scenario: Scenario,
    seed: int | None,
    observer: Observer,
    recorder: Recorder | None = None,
    perform: Perform = run_entry,
    processes: "Processes | None" = None,
) -> ScenarioResult:
    """Run one scenario from start to end; `seed` overrides the file's. What goes wrong in it becomes its result. Its
    providers are in these `processes`, where it can be spread (`why_not_spread`).

    Who wants to see the traffic brings a `recorder`, who wants steps to be judged otherwise a way to `perform` them.
    """
    seed = scenario.content.seed if seed is None else seed
    recorder = recorder or Recorder()
    progress = _Progress(scenario, recorder)
    observer.scenario_began(scenario)
    began = trio.current_time()
    skip = scenario.content.skip
    try:
        with trio.fail_after(scenario.content.timeout.seconds):
            if skip is None:
                await _run(progress, seed, recorder, observer, perform, processes)
    except Exception as error:
        progress.fail(error)
    why = (Result.not_run, "") if skip is None else (Result.skipped, skip)
    rest = [StepResult(entry.label, entry.line, *why, file=entry.file) for entry in scenario.steps[progress.begun :]]
    seconds = trio.current_time() - began
    steps = (*_with_what_is_seen(progress), *rest)
    broken = {number: tuple(names) for number, names in recorder.broken.items()}
    let_through = tuple(recorder.let_through)
    result = ScenarioResult(
        scenario, seed, seconds, steps, len(recorder.exchanges), progress.setup, broken, let_through
    )
    recorder.enter(None)
    why_none = skip or (progress.setup.message if progress.setup else "")
    recorder.add(End(started=time.time(), result=result.result.value, message=why_none, seconds=seconds))
    observer.scenario_ended(result)
    return result


def _with_what_is_seen(progress: _Progress) -> Iterator[StepResult]:
    """The results so far, with the requirements that are seen in the steps."""
    recorder = progress.recorder
    occurred = by_step(recorder.events, recorder.broken)
    draft = registry.named(progress.scenario.topology.draft)
    for number, (entry, result) in enumerate(zip(progress.scenario.steps, progress.results, strict=False), 1):
        happened = occurred.get(number, Occurred())
        if result.result is Result.passed:
            happened = as_expected(happened, entry)
        yield replace(result, seen=SeenIn(draft, happened))


async def _run(
    progress: _Progress,
    seed: int,
    recorder: Recorder,
    observer: Observer,
    perform: Perform,
    processes: "Processes | None",
) -> None:
    scenario = progress.scenario
    recorder.enter(SETUP)
    if scenario.unsupported:
        raise Unsupported(scenario.unsupported)
    async with _session(scenario, seed, recorder, processes) as session:
        progress.session = session
        with _unless_the_machine_fails(session):
            await _steps(progress, session, observer, perform)


@contextmanager
def _unless_the_machine_fails(session: Session) -> Iterator[None]:
    """End the block as soon as this machine has failed: nothing that follows would say anything, and it may be long in
    coming. Raises MachineFailure then.
    """
    failures: list[MachineFailure] = []
    with trio.CancelScope() as scope:

        def hear(error: Exception) -> None:
            if isinstance(error, MachineFailure):
                failures.append(error)
                scope.cancel()

        for log in session.fault_logs:
            log.heard_by = hear
        yield
    if scope.cancelled_caught:
        raise failures[0]


async def _steps(progress: _Progress, session: Session, observer: Observer, perform: Perform) -> None:
    scenario, recorder, context = progress.scenario, progress.recorder, Context(session)
    await session.settle()
    for number, entry in enumerate(scenario.steps, 1):
        progress.begun, progress.since = number, trio.current_time()
        observer.step_began(scenario, number)
        recorder.enter(f"{number} {entry.label}", number)
        recorder.add(step_began(entry))
        verdict = await perform(entry, context)
        progress.note(verdict.result, verdict.message)


@asynccontextmanager
async def _session(
    scenario: Scenario, seed: int, recorder: Recorder, processes: "Processes | None"
) -> AsyncIterator[Session]:
    """The federation of a scenario, with a folder for its stores where it needs one."""
    with ExitStack() as stack:
        wanted = needs_folder(scenario.topology)
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="mimi-sim-"))) if wanted else None
        has_externals = any(provider.external for provider in scenario.topology.providers.values())
        now = (
            int(time.time()) if has_externals else scenario.content.clock.unix
        )  # an external provider's clock is no other
        built = federation(scenario.topology, folder)
        check_external(scenario.topology)
        check_reachable(scenario.topology)
        check_network(scenario.content)
        if kills(scenario):
            obstacle = why_not_killed(scenario)
            if obstacle is not None:
                raise Unsupported(f"providers that have a process each are killed in it, and {obstacle}")
            from simulator.federation.processes import open_killable_session

            async with open_killable_session(built, seed=seed, now=now, recorder=recorder) as killable:
                yield killable
        elif processes is not None and why_not_spread(scenario) is None:
            from simulator.federation.processes import open_spread_session

            async with open_spread_session(built, processes, seed=seed, now=now, recorder=recorder) as spread:
                yield spread
        else:
            network = scenario.content.network
            links = None if network is None else network.model()
            async with open_session(built, seed=seed, now=now, recorder=recorder, links=links) as session:
                yield session


def _innermost(error: BaseException) -> BaseException:
    """What is at the bottom of a nursery's exception group: a fault of ours before anything else."""
    while isinstance(error, BaseExceptionGroup):
        inner = [_innermost(part) for part in error.exceptions]
        error = next((part for part in inner if not isinstance(part, SimulatorError)), inner[0])
    return error
