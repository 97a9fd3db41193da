"""How results read: one line per scenario, and what is to be said about one that did not pass."""

import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

from simulator.cli.output.styled_line import Line
from simulator.cli.program import command
from simulator.cli.running.jobs import Ran, Seen
from simulator.drafts import DRAFTS, registry
from simulator.machine import MachineFailure
from simulator.printable import printable, printable_lines
from simulator.rules import Requirement
from simulator.scenario import Result, ScenarioResult, StepResult
from simulator.scenario.at_stake import at_stake, in_common
from simulator.scenario.demands import known

STYLES = {
    Result.passed: "green",
    Result.failed: "bold red",
    Result.fault: "bold magenta",
    Result.unsupported: "yellow",
    Result.skipped: "cyan",
    Result.not_run: "dim",
}
_WORDS = {
    Result.passed: "passed",
    Result.failed: "FAILED",
    Result.fault: "FAULT ",
    Result.unsupported: "unsupported",
    Result.skipped: "skipped",
}

LAST = 5
"""How many requests of a step that failed are shown."""

MOST = 5
"""How many requirements are named that failed scenarios have in common."""


def scenario_line(result: ScenarioResult, width: int) -> Line:
    """The one line of a scenario; `width` is the longest id's, so that columns stand."""
    line = Line(_WORDS[result.result], style=STYLES[result.result])
    line.append(f"  {printable(result.scenario.id):<{width}}", style="default")
    if result.reason:
        passed = sum(step.result is Result.passed for step in result.steps)
        judged = f"{passed} of {_count(len(result.steps), 'step')} passed; " if passed else ""
        return line.append(f"  {judged}{printable_lines(result.reason)}", style="dim")
    counts = f"  {len(result.steps):>3} steps  {result.exchanges:>5} requests  {result.seconds:>6.2f} s"
    return line.append(counts, style="dim")


def step_lines(ran: Ran, *, requests: bool) -> Iterator[Line]:
    """A line a step, with how it was refused where that was expected; each request and decision where `requests` are
    wanted.
    """
    nothing = Seen(0, ())
    for number, step in enumerate(ran.result.steps):
        seen = ran.steps[number] if number < len(ran.steps) else nothing
        line = Line(f"  {step.line:>4}  {step.result.value.replace('_', ' '):<11}", style=STYLES[step.result])
        line.append(f"  {printable(step.name)}", style="default")
        if number < len(ran.steps):
            simulated = "" if seen.simulated is None else f", simulated {1000 * seen.simulated:.1f} ms"
            line.append(f"  {_count(len(seen.requests), 'request')}, {seen.seconds:.2f} s{simulated}", style="dim")
        yield line
        if step.message and step.result in (Result.passed, Result.skipped, Result.unsupported):
            said = "refused as expected: " if step.result is Result.passed else ""
            yield Line(f"          {said}{printable_lines(step.message)}{_refused_by(ran, number)}", style="dim")
        yield from (Line(f"          {printable_lines(line)}", style="yellow") for line in seen.waived)
        if requests:
            yield from (Line(f"          {printable_lines(line)}", style="dim") for line in seen.happened)


def _refused_by(ran: Ran, number: int) -> str:
    """The IDs of the rules by which something was refused in a step, a requirement not beside a check of its own."""
    broken = ran.result.broken.get(number + 1, ())
    ids = [each for each in broken if not any(other.startswith(f"{each}/") for other in broken)]
    refused = ran.result.steps[number].result is Result.passed and ids
    return f" [{', '.join(ids)}]" if refused else ""


def failure(
    result: ScenarioResult, *, debug: bool, options: Sequence[str] = (), seen: Sequence[Seen] = ()
) -> Iterator[Line]:
    """Where it failed, what was expected and what happened, which requirements it is about, and how to run it again;
    for a fault of ours also how to learn more. `options` are those that change what the scenario is.

    With an external provider also the last requests of the step, of all that was `seen`: whoever runs it knows no
    steps, but requests.
    """
    has_externals = any(provider.external for provider in result.scenario.topology.providers.values())
    for step in result.failures:
        yield Line(printable(f"  {step.file or result.scenario.file}:{step.line}: {step.name}"))
        yield from _mismatches(step) if step.result is Result.failed else _fault(step, debug=debug)
        if has_externals and step in result.steps[: len(seen)]:
            requests = seen[result.steps.index(step)].requests
            yield from (Line(f"    request  {printable_lines(request)}", style="dim") for request in requests[-LAST:])
    if result.result is Result.failed:
        yield from _requirements(result)
    yield Line(f"  again: {again(result, options)}", style="dim")


def again(result: ScenarioResult, options: Sequence[str] = ()) -> str:
    """The command that runs exactly this once more."""
    return command("run", name_of(result), "--seed", str(result.seed), *options)


def name_of(result: ScenarioResult) -> str:
    """What to write on a command line for exactly this scenario."""
    file = result.scenario.file
    return file + result.scenario.id.removeprefix(Path(file).with_suffix("").as_posix())


def _mismatches(step: StepResult) -> Iterator[Line]:
    for mismatch in step.mismatches:
        where = f"line {mismatch.line}: " if mismatch.line != step.line else ""
        yield Line(f"    {where}expected {printable_lines(mismatch.expected)}")
        yield Line(f"    {where}happened {printable_lines(mismatch.happened)}", style="red")


def _fault(step: StepResult, *, debug: bool) -> Iterator[Line]:
    if isinstance(step.error, MachineFailure):
        yield Line(f"    this machine can't do it, not the scenario: {printable_lines(step.message)}", style="magenta")
        return
    yield Line(f"    the simulator itself failed, not the scenario: {printable_lines(step.message)}", style="magenta")
    if debug and step.error is not None:
        yield Line(printable_lines("".join(traceback.format_exception(step.error)).rstrip()))
    elif not debug:
        yield Line("    run it again with --debug for the traceback")


def headline(result: ScenarioResult) -> str:
    """How the first step that failed did, in one line with the requirements that are broken then."""
    said, ids = result.failures[0].message, at_stake(result)
    return f"{said} [{', '.join(ids)}]" if ids else said


def _requirements(result: ScenarioResult) -> Iterator[Line]:
    all_known = known(registry.known())
    for name in at_stake(result):
        yield Line(f"  requirement {name}: {_said(all_known[name])}")


def _said(requirement: Requirement) -> str:
    return f"{requirement.text} ({requirement.source}, {requirement.section})"


def common_lines(results: Sequence[ScenarioResult]) -> Iterator[Line]:
    """What scenarios that failed have in common, by requirement, the most frequent first; nothing of one alone."""
    failed = [result for result in results if result.result is Result.failed]
    if len(failed) < 2:
        return
    shares = in_common(failed)
    shown = [share for share in shares if len(share.scenarios) > 1][:MOST]
    yield Line(f"what the {len(failed)} failures have in common: {'' if shown else 'no requirement'}".strip(), "bold")
    for share in shown:
        share_of = f"{len(share.scenarios)} of {len(failed)}"
        yield Line(f"  {share.requirement.id}: {share_of}").append(f"  {_said(share.requirement)}", style="dim")
    if (rest := len(shares) - len(shown)) > 0 and shown:
        yield Line(f"  {_count(rest, 'requirement')} more in some of them: --json has all", style="dim")


def summary(results: Sequence[ScenarioResult], seconds: float) -> Line:
    """The last line, with how long all of it took, and in which draft if that is not the first one alone."""
    run = [result.scenario for result in results if not result.scenario.unsupported]
    drafts = list(dict.fromkeys(scenario.topology.draft for scenario in run))
    spoken = f" in {' and '.join(drafts)}" if set(drafts) - {DRAFTS.names[0]} else ""
    counts = {kind: sum(result.result is kind for result in results) for kind in _WORDS}
    said = ", ".join(f"{count} {kind.value}" for kind, count in counts.items() if count)
    return Line(f"{_count(len(results), 'scenario')}{spoken}: {said} ({seconds:.1f} s)", style="bold")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
