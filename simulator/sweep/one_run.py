"""One run of a sweep, wherever its engine has it done: a scenario, and what is measured of it."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.scenario import NullObserver, Scenario, ScenarioResult, StepResult, run_scenario
from simulator.scenario.at_stake import at_stake
from simulator.scenario.entry import Entry
from simulator.scenario.running.context import Context, Drawn
from simulator.scenario.running.step_run import Verdict, run_entry
from simulator.scenario.step import Expectation, keyword
from simulator.storage import reliably
from simulator.sweep.causes import cause
from simulator.trace import Exchange, ProtocolEvent, Recorder, StepBegan, StepEnded


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What travels to whoever does it."""

    scenario: Scenario
    seed: int
    values: Mapping[str, Expectation] = field(default_factory=dict)


async def measured(
    request: RunRequest, recorder: Recorder | None = None, drawn: list[Drawn] | None = None
) -> dict[str, Any]:
    """Do it; its measures by column, those that say what came of it among them. What its steps draw at random is put
    into `drawn`.
    """
    recorder, last = recorder or Recorder(), len(request.scenario.steps)
    values: dict[str, int | None] = dict.fromkeys(request.values)
    begun = 0

    async def perform(entry: Entry, context: Context) -> Verdict:
        nonlocal begun
        begun += 1
        try:
            return await run_entry(entry, context)
        finally:
            if drawn is not None:
                drawn[:] = context.drawn
            if begun == last:
                values.update({name: _value(each, context) for name, each in request.values.items()})

    result = await run_scenario(request.scenario, request.seed, NullObserver(), recorder, perform)
    return {
        **_verdict(result),
        **_counted(recorder, last),
        **_simulated(recorder, last),
        "run_seconds": result.seconds,
        **values,
    }


def _value(expectation: Expectation, context: Context) -> int | None:
    """None where it has none: a step that it names did not happen, or somebody else's server would have to tell."""
    try:
        with reliably():
            return expectation.value(context)
    except SimulatorError:
        return None


def _verdict(result: ScenarioResult) -> dict[str, Any]:
    first = next(iter(result.failures), None)
    said = {"verdict": result.result.value, "message": result.reason or None}
    if first is None:
        return said
    line = first.mismatches[0].line if first.mismatches else first.line
    return {
        **said,
        "message": first.message,
        "failed_step": first.name,
        "failed_line": line,
        "failed_file": first.file or result.scenario.file,
        "cause": str(cause(result)),
        "failed_expectation": _expectation(result, first, line),
        "failed_rules": ", ".join(at_stake(result)) or None,
    }


def _expectation(result: ScenarioResult, failed: StepResult, line: int) -> str | None:
    """The keyword of what was expected there; None where the step itself did not end as it should."""
    entries = [entry for entry, step in zip(result.scenario.steps, result.steps, strict=False) if step is failed]
    found = [
        keyword(type(located.expectation))
        for entry in entries
        for each in (entry, *entry.inner)
        for located in each.expect.expectations
        if located.line == line
    ]
    return found[0] if found and failed.mismatches and line != failed.line else None


def _counted(recorder: Recorder, last: int) -> dict[str, int]:
    events = recorder.events
    exchanges = [event for event in events if isinstance(event, Exchange)]
    at_last = [each for each in exchanges if each.step_number == last]
    protocol = [event for event in events if isinstance(event, ProtocolEvent)]
    return {
        "requests": len(exchanges),
        "bytes": _bytes(exchanges),
        "last_requests": len(at_last),
        "last_bytes": _bytes(at_last),
        "failed_requests": sum(each.error is not None for each in exchanges),
        "refusals": sum(each.refused for each in exchanges),
        "deliveries": sum(each.kind == "Received" for each in protocol),
        "events": len(events),
    }


def _simulated(recorder: Recorder, last: int) -> dict[str, float]:
    """What it took in simulated time; nothing where there is none."""
    ends = [each for each in recorder.events if isinstance(each, StepEnded) and each.simulated is not None]
    begins = {each.step_number: each.simulated or 0 for each in recorder.events if isinstance(each, StepBegan)}
    if not ends:
        return {}
    found = {"simulated_seconds": max(each.simulated or 0 for each in ends)}
    end = next((each.simulated or 0 for each in ends if each.step_number == last), None)
    return found if end is None else {**found, "last_simulated_seconds": round(end - begins[last], 9)}


def _bytes(exchanges: Iterable[Exchange]) -> int:
    return sum(len(each.request) + len(each.response) for each in exchanges)
