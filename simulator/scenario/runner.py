"""Runs a scenario: providers up, one step after the other, each settled and judged; stops at the first that fails."""

from dataclasses import dataclass, field
from typing import Any, Protocol

import trio

from simulator.errors import SimulatorError
from simulator.federation import ProviderSpec, Topology, open_session
from simulator.scenario.context import Context
from simulator.scenario.entry import Entry
from simulator.scenario.expectations.may_reject import MayReject
from simulator.scenario.expectations.rejected import RejectedBy
from simulator.scenario.loader import Scenario
from simulator.scenario.report import Mismatch, Result, ScenarioResult, StepResult
from simulator.scenario.step import Unmet
from simulator.trace import Recorder

SETUP = "start"
"""The name of what happens before the first step: providers and clients get ready."""


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


class StepFailed(SimulatorError):
    """A step or something expected after it was not as it should be."""

    def __init__(self, mismatches: tuple[Mismatch, ...]) -> None:
        super().__init__("; ".join(f"expected {m.expected}, but {m.happened}" for m in mismatches))
        self.mismatches = mismatches


@dataclass(slots=True)
class _Progress:
    """How far a run has come: the results so far, and the step that is running."""

    scenario: Scenario
    results: list[StepResult] = field(default_factory=list)
    begun: int = 0
    setup: StepResult | None = None
    """How it failed, if it did before the first step."""

    @property
    def entry(self) -> Entry | None:
        """The step that began last."""
        return self.scenario.steps[self.begun - 1] if self.begun else None

    def note(self, result: Result, message: str, mismatches: tuple[Mismatch, ...] = (), fault: Any = None) -> None:
        """The result of the step that was running, or of getting ready for the first."""
        name, line = (self.entry.label, self.entry.line) if self.entry else (SETUP, 1)
        noted = StepResult(name, line, result, message, mismatches, fault)
        if self.entry:
            self.results.append(noted)
        else:
            self.setup = noted

    def fail(self, error: BaseException) -> None:
        """Note what went wrong."""
        line = self.entry.line if self.entry else 1
        match error:
            case StepFailed():
                self.note(Result.failed, str(error), error.mismatches)
            case trio.TooSlowError():
                limit = f"an end within {self.scenario.content.timeout.seconds} s"
                self.note(Result.failed, "not over in time", (Mismatch(line, limit, "it was still running"),))
            case SimulatorError():
                wanted = str(self.entry.expect.outcome) if self.entry else "success"
                self.note(Result.failed, str(error), (Mismatch(line, wanted, str(error)),))
            case _:
                self.note(Result.fault, f"{type(error).__name__}: {error}", fault=error)


async def run_scenario(
    scenario: Scenario, seed: int | None, observer: Observer, recorder: Recorder | None = None
) -> ScenarioResult:
    """Run one scenario from start to end; `seed` overrides the file's. What goes wrong in it becomes its result.

    Who wants to see the traffic brings a `recorder`.
    """
    seed = scenario.content.seed if seed is None else seed
    recorder = recorder or Recorder()
    progress = _Progress(scenario)
    observer.scenario_began(scenario)
    began = trio.current_time()
    try:
        with trio.fail_after(scenario.content.timeout.seconds):
            await _run(progress, seed, recorder, observer)
    except Exception as error:
        progress.fail(_innermost(error))
    rest = [StepResult(entry.label, entry.line, Result.not_run) for entry in scenario.steps[progress.begun :]]
    seconds = trio.current_time() - began
    steps = (*progress.results, *rest)
    result = ScenarioResult(scenario, seed, seconds, steps, len(recorder.exchanges), progress.setup)
    observer.scenario_ended(result)
    return result


async def _run(progress: _Progress, seed: int, recorder: Recorder, observer: Observer) -> None:
    scenario = progress.scenario
    recorder.step = SETUP
    now = scenario.content.clock.unix
    async with open_session(topology(scenario), seed=seed, now=now, recorder=recorder) as session:
        context = Context(session)
        await session.settle()
        for number, entry in enumerate(scenario.steps, 1):
            progress.begun = number
            observer.step_began(scenario, number)
            recorder.step = f"{number} {entry.label}"
            progress.note(Result.passed, await run_entry(entry, context))


async def run_entry(entry: Entry, context: Context) -> str:
    """Run one step, settle the session and check what is expected; the words of a refusal that had to come.

    Raises StepFailed with all that was not as expected.
    """
    expectations = entry.expect.expectations
    before = [located.expectation.before(context) for located in expectations]
    try:
        result, message = await entry.expect.outcome.judge(lambda: entry.step.run(context), context)
    except Unmet as unmet:
        raise StepFailed((Mismatch(entry.line, unmet.expected, unmet.happened),)) from unmet
    if entry.name is not None:
        context.name(entry.name, result)
    await context.session.settle()
    for fault in context.session.faults:
        raise fault
    context.listen()
    mismatches = _unexpected_rejections(entry, context)
    for located, earlier in zip(expectations, before, strict=True):
        try:
            located.expectation.check(context, None if entry.alone else earlier)
        except Unmet as unmet:
            mismatches.append(Mismatch(located.line, unmet.expected, unmet.happened))
    if mismatches:
        raise StepFailed(tuple(mismatches))
    return message


def _unexpected_rejections(entry: Entry, context: Context) -> list[Mismatch]:
    """Unless it is said that they will, clients reject nothing: what they can't take is somebody's mistake."""
    expectations = [each.expectation for each in entry.expect.expectations]
    said = {each.rule for each in expectations if isinstance(each, RejectedBy)}
    said |= {rule for each in expectations if isinstance(each, MayReject) for rule in each.rules}
    return [
        Mismatch(entry.line, "no client to reject anything", f"{client.name} rejected a message: {event.reason}")
        for client, event in context.rejections
        if event.rule not in said
    ]


def topology(scenario: Scenario) -> Topology:
    """The federation that a scenario wants."""
    spec = scenario.topology
    providers = tuple(
        ProviderSpec(
            name,
            users=provider.users.clients,
            ds_host=provider.ds_host,
            max_body=provider.max_body,
        )
        for name, provider in spec.providers.items()
    )
    return Topology(
        providers,
        draft=spec.draft,
        http2=spec.http2,
        suite=spec.suite,
        mutual_tls=spec.mutual_tls,
        key_packages=spec.key_packages,
        last_resort=spec.last_resort,
    )


def _innermost(error: BaseException) -> BaseException:
    """What is at the bottom of a nursery's exception group: a fault of ours before anything else."""
    while isinstance(error, BaseExceptionGroup):
        inner = [_innermost(part) for part in error.exceptions]
        error = next((part for part in inner if not isinstance(part, SimulatorError)), inner[0])
    return error
