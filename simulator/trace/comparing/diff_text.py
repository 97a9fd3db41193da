"""Findings as lines for a terminal: the protocol's words first, then what is alike together, then figures."""

from collections.abc import Iterator
from itertools import groupby

from simulator.printable import printable
from simulator.trace.comparing.causes import Cause
from simulator.trace.comparing.change import SIZE, STEPS, Change
from simulator.trace.comparing.findings import Findings
from simulator.trace.comparing.layouts import LayoutFinding

LONGEST = 2000
"""How many characters of a text are shown."""


def text(found: Findings, *, every: bool = False) -> str:
    """All lines; `every` tells each difference at its place, too, where many are alike."""
    return "\n".join(printable(line, LONGEST) for line in _lines(found, every=every)) if found else "no differences"


def _lines(found: Findings, *, every: bool) -> Iterator[str]:
    for finding in found.layout:
        yield finding.sentence
        if finding.messages:
            yield f"    {explained(finding)}"
    for verdict in found.verdicts:
        yield str(verdict)
    causes = found.causes
    single = {id(cause.first) for cause in causes if len(cause.changes) == 1}
    if causes and not (found.layout or found.verdicts) and id(causes[0].first) in single:
        yield described(causes[0])
        yield f"    {where(causes[0].first)}"
        single -= {id(causes[0].first)}
    for cause in causes:
        if len(cause.changes) > 1:
            yield f"{counted(cause)}: {described(cause)}"
            yield f"    first: {where(cause.first)}"
    shown = [change for change in found.changes if every or id(change) in single]
    for scenario, changes in groupby(shown, key=lambda change: change.scenario):
        yield scenario
        for place, here in groupby(changes, key=lambda change: change.place):
            if place:
                yield f"  {place}"
            yield from (f"    {describe(change)}" for change in here)
    yield conclusion(found)


def conclusion(found: Findings) -> str:
    """How much differs, and how much does not."""
    parts = [
        *([plural(len(found.layout), "change of the layout", "changes of the layout")] if found.layout else []),
        *([plural(len(found.changes), "difference")] if found.changes else []),
    ]
    same = f"; {found.same} of {plural(found.scenarios, 'scenario')} the same"
    besides = " but for that" if found.layout else ""
    return f"{', '.join(parts)}{same}{besides}"


def explained(finding: LayoutFinding) -> str:
    """In what a change of the layout shows."""
    sizes = f", {finding.before:,} -> {finding.after:,} bytes" if finding.before and finding.after else ""
    messages, scenarios = plural(finding.messages, "message"), plural(finding.scenarios, "scenario")
    return f"in {messages} of {scenarios}{sizes}; first: {finding.example}"


def counted(cause: Cause) -> str:
    """How often, and in how many scenarios."""
    count, scenarios = len(cause.changes), len(cause.scenarios)
    return f"{count} times in {scenarios} scenarios" if scenarios > 1 else f"{count} times in {cause.scenarios[0]}"


def described(cause: Cause) -> str:
    """What it is, in a line."""
    if cause.first.is_random:
        return f"{plural(cause.byte_strings, 'byte string')} that a seed makes have other content"
    if cause.first.field == STEPS:
        return f"{plural(cause.unreached, 'step')} no more reached"
    message = f"{cause.message}: " if cause.message else ""
    return f"{message}{describe(cause.typical)}"


def where(change: Change) -> str:
    """Where in all runs."""
    return ", ".join(part for part in (change.scenario, change.place) if part)


def subject(change: Change) -> str:
    """Which field or fact it is, with its struct."""
    return f"{change.struct} {change.field}".strip()


def describe(change: Change) -> str:
    """What has changed, in a line."""
    what = subject(change)
    if change.is_random:
        return f"{plural(int(change.new), 'byte string')} of the same length, with other content"
    if change.field == "seed":
        return f"seed: {change.old} -> {change.new}; the bytes that a seed makes are not compared"
    if change.old and change.old == change.new:
        return f"{what}: {change.old} with other content"
    if change.old and change.new:
        return f"{what}: {change.old} -> {change.new}"
    if change.old:
        return f"{what} gone: {change.old}"
    return f"{what} added: {change.new}"


def plural(number: int, noun: str, nouns: str = "") -> str:
    """`1 message`, `2 messages`."""
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"


def markdown(found: Findings) -> str:
    """A summary to be pasted into a pull request: layout, verdicts by requirement, traffic, what has not changed."""
    return "\n".join(printable(line, LONGEST) for line in _summary(found))


def _summary(found: Findings) -> Iterator[str]:
    yield "### What this changes on the wire"
    yield ""
    for each in found.layout:
        yield f"- layout: {each.sentence}" + (f" ({plural(each.messages, 'message')})" if each.messages else "")
    yield from (f"- verdict: {each}" for each in found.verdicts)
    yield from (f"- traffic: {each}" for each in found.traffic)
    others = [cause for cause in found.causes if not cause.first.is_random and cause.first.field != SIZE]
    if others:
        scenarios = {scenario for cause in others for scenario in cause.scenarios}
        yield f"- otherwise: {plural(len(others), 'difference')} in {plural(len(scenarios), 'scenario')}"
    besides = " but for the layout" if found.layout else ""
    yield f"- unchanged: {found.same} of {plural(found.scenarios, 'scenario')}{besides}"
