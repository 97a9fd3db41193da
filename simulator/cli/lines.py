"""How results read: one line per scenario, and what is to be said about one that did not pass."""

import traceback
from collections.abc import Iterator, Sequence

from rich.text import Text

from simulator.scenario import Result, ScenarioResult

STYLES = {Result.passed: "green", Result.failed: "bold red", Result.fault: "bold magenta"}
_WORDS = {Result.passed: "passed", Result.failed: "FAILED", Result.fault: "FAULT "}


def scenario_line(result: ScenarioResult, width: int) -> Text:
    """The one line of a scenario; `width` is the longest id's, so that columns stand."""
    line = Text(_WORDS[result.result], style=STYLES[result.result])
    line.append(f"  {result.scenario.id:<{width}}", style="default")
    counts = f"  {len(result.steps):>3} steps  {result.exchanges:>5} requests  {result.seconds:>6.2f} s"
    return line.append(counts, style="dim")


def failure(result: ScenarioResult, *, debug: bool) -> Iterator[Text]:
    """Where it failed, what was expected and what happened; for a fault of ours also how to learn more."""
    for step in result.failures:
        if step.result is Result.failed:
            yield Text(f"  {result.scenario.file}:{step.line}: {step.name}")
            for mismatch in step.mismatches:
                where = f"line {mismatch.line}: " if mismatch.line != step.line else ""
                yield Text(f"    {where}expected {mismatch.expected}")
                yield Text(f"    {where}happened {mismatch.happened}", style="red")
        if step.result is Result.fault:
            yield Text(f"  {result.scenario.file}:{step.line}: {step.name}")
            yield Text(f"    the simulator itself failed, not the scenario: {step.message}", style="magenta")
            if debug and step.error is not None:
                yield Text("".join(traceback.format_exception(step.error)).rstrip())
            elif not debug:
                yield Text("    run it again with --debug for the traceback")
    yield Text(f"  again: mimi-sim run {result.scenario.file} --seed {result.seed}", style="dim")


def summary(results: Sequence[ScenarioResult]) -> Text:
    """The last line."""
    counts = {kind: sum(result.result is kind for result in results) for kind in _WORDS}
    said = ", ".join(f"{count} {kind.value}" for kind, count in counts.items() if count)
    noun = "scenario" if len(results) == 1 else "scenarios"
    seconds = sum(result.seconds for result in results)
    return Text(f"{len(results)} {noun}: {said} ({seconds:.1f} s)", style="bold")
