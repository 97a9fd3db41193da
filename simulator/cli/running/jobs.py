"""One scenario with one seed, and what was seen of its run."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import count
from typing import TYPE_CHECKING

import trio

from simulator.dataclass import dataclass
from simulator.scenario import Observer, Result, Scenario, ScenarioResult, StepResult, run_scenario
from simulator.scenario.running.tracing import Keep, providers_shown
from simulator.trace import Exchange, ProtocolEvent, Recorder, StepBegan, StepEnded, TraceFileError
from simulator.trace.drawing.event_descriptions import Names, describe

if TYPE_CHECKING:
    from simulator.federation.processes import Processes
    from simulator.scenario.comparison import Attack


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be run."""

    scenario: Scenario
    seed: int
    keep: Keep | None = None
    """Where its trace is kept, if anywhere."""
    attacks: bool = False
    """Whether it is run to see what becomes of its attacks: all of its steps, whatever is expected of them."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one step took."""

    seconds: float
    requests: tuple[str, ...]
    """One line each, in the order in which they began."""
    waived: tuple[str, ...] = ()
    """What would have been refused, by whom and by which rule, if no rule were waived: a line each."""
    happened: tuple[str, ...] = ()
    """The requests, and what providers and clients decided by themselves between them: a line each."""
    simulated: float | None = None
    """The seconds that it took in simulated time, where there is any."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a job; `steps` has as many items as steps began."""

    result: ScenarioResult
    steps: tuple[Seen, ...] = ()
    attacks: tuple["Attack", ...] = ()
    """What became of the attacks, where that was the question."""
    drawn: str = ""
    """A sequence diagram of these as SVG, then."""


def jobs(
    scenarios: Iterable[Scenario], seed: int | None, rounds: int | None, keep: Keep | None = None
) -> Iterator[Job]:
    """All scenarios in each round, the seeds one higher from round to round; None is rounds without end."""
    scenarios = tuple(scenarios)
    for number in count() if rounds is None else range(rounds):
        for scenario in scenarios:
            yield Job(scenario, (scenario.content.seed if seed is None else seed) + number, keep)


async def run_job(
    job: Job, observer: Observer, recorder: Recorder | None = None, processes: "Processes | None" = None
) -> Ran:
    """Run it, in several processes where there are and it can be, with an eye on its steps. Without the trace that is
    wanted of it, it counts as a fault.
    """
    try:
        with ExitStack() as stack:
            if recorder is None and job.keep is not None and not job.scenario.unsupported:
                recorder = stack.enter_context(job.keep.recorder(job.scenario, job.seed))
            recorder = recorder or Recorder()
            names = Names(providers_shown(job.scenario.topology))
            watch = _Watch(observer, recorder, trio.current_time, names)
            if job.attacks:
                from simulator.scenario.comparison import play

                played = await play(job.scenario, job.seed, watch, recorder)
                return Ran(played.result, attacks=played.attacks, drawn=played.drawn)
            result = await run_scenario(job.scenario, job.seed, watch, recorder, processes=processes)
    except TraceFileError as error:
        return faulty(job, "trace", str(error))
    return Ran(result, watch.seen())


def faulty(job: Job, what: str, why: str, error: Exception | None = None) -> Ran:
    """What came of a job that something else than its scenario has ended: `what`, and `why`."""
    setup = StepResult(what, 1, Result.fault, why, error=error)
    steps = tuple(StepResult(entry.label, entry.line, Result.not_run) for entry in job.scenario.steps)
    return Ran(ScenarioResult(job.scenario, job.seed, 0, steps, 0, setup))


class _Watch:
    """An observer that notes when each step began, and how many requests there had been."""

    def __init__(self, observer: Observer, recorder: Recorder, now: Callable[[], float], names: Names) -> None:
        self._observer = observer
        self._recorder = recorder
        self._now = now
        self._names = names
        self._marks: list[tuple[float, int]] = []

    def scenario_began(self, scenario: Scenario) -> None:
        self._observer.scenario_began(scenario)

    def step_began(self, scenario: Scenario, number: int) -> None:
        self._mark()
        self._observer.step_began(scenario, number)

    def scenario_ended(self, result: ScenarioResult) -> None:
        self._mark()
        self._observer.scenario_ended(result)

    def _mark(self) -> None:
        self._marks.append((self._now(), len(self._recorder.exchanges)))

    def seen(self) -> tuple[Seen, ...]:
        exchanges, waived, happened = self._recorder.exchanges, self._waived(), self._happened()
        simulated = self._simulated()
        spans = zip(self._marks, self._marks[1:], strict=False)
        return tuple(
            Seen(
                end - start,
                tuple(map(_line, exchanges[first:last])),
                tuple(waived.get(number, ())),
                tuple(happened.get(number, ())),
                simulated.get(number),
            )
            for number, ((start, first), (end, last)) in enumerate(spans, 1)
        )

    def _simulated(self) -> dict[int, float]:
        """What the steps took in simulated time, by number."""
        steps = [each for each in self._recorder.events if isinstance(each, StepBegan | StepEnded)]
        began = {each.step_number: each.simulated for each in steps if isinstance(each, StepBegan)}
        ended = {each.step_number: each.simulated for each in steps if isinstance(each, StepEnded)}
        spans = {number: (start, ended.get(number)) for number, start in began.items()}
        return {number: end - start for number, (start, end) in spans.items() if start is not None and end is not None}

    def _waived(self) -> dict[int, list[str]]:
        """What would have been refused, by number of the step."""
        found: dict[int, list[str]] = {}
        for event in self._recorder.events:
            if isinstance(event, ProtocolEvent) and event.kind == "Waived":
                line = f"{event.name} would have refused: {event.broken}: {event.reason}"
                found.setdefault(event.step_number, []).append(line)
        return found

    def _happened(self) -> dict[int, list[str]]:
        """The requests and decisions, by number of the step."""
        found: dict[int, list[str]] = {}
        for event in self._recorder.events:
            if isinstance(event, Exchange):
                found.setdefault(event.step_number, []).append(_line(event))
            elif isinstance(event, ProtocolEvent) and event.requirement is not None:
                found.setdefault(event.step_number, []).append(f"{event.name} {describe(event, self._names)}")
        return found


def _line(exchange: Exchange) -> str:
    answer = exchange.error if exchange.status is None else str(exchange.status)
    return f"{exchange.sender} -> {exchange.recipient} {exchange.endpoint}: {answer}{_simulated(exchange)}"


def _simulated(exchange: Exchange) -> str:
    """When it began and how long it took, where there is simulated time."""
    if exchange.simulated is None or exchange.simulated_seconds is None:
        return ""
    return f" ({1000 * exchange.simulated_seconds:.1f} ms from {exchange.simulated:.4f} s on)"
