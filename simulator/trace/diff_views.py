"""Differences as text, JSON and a page, side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from html import escape
from itertools import groupby
from typing import Any

from simulator.trace.diff import Change

STYLE = """
:root { color-scheme: light dark; --line: #8884; --old: #c0392b; --new: #1e8449; }
@media (prefers-color-scheme: dark) { :root { --old: #ff8a80; --new: #7bd88f; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1.05rem; margin: 2rem 0 .3rem; } h3 { font-size: .95rem; font-weight: 600; margin: 1rem 0 .2rem; }
table { border-collapse: collapse; width: 100%; } td, th { border-top: 1px solid var(--line); padding: .2rem .5rem;
text-align: left; vertical-align: top; overflow-wrap: anywhere; } td { font-family: ui-monospace, monospace; }
th { font-weight: 500; } .old { color: var(--old); } .new { color: var(--new); }
"""


def text(changes: Sequence[Change]) -> str:
    """For a terminal: scenario, place, and a line for each change."""
    return "\n".join(_lines(changes)) if changes else "no differences"


def _lines(changes: Sequence[Change]) -> Iterator[str]:
    for scenario, found in groupby(changes, key=lambda change: change.scenario):
        yield scenario
        for place, here in groupby(found, key=lambda change: change.place):
            if place:
                yield f"  {place}"
            for change in here:
                yield f"    {sentence(change)}"
    noun = "difference" if len(changes) == 1 else "differences"
    yield f"{len(changes)} {noun}"


def subject(change: Change) -> str:
    """Which field or fact it is, with its struct."""
    return f"{change.struct} {change.field}".strip()


def sentence(change: Change) -> str:
    """What has changed, in a line."""
    what = subject(change)
    if change.field == "seed":
        return f"seed: {change.old} -> {change.new}; the bytes that a seed makes are not compared"
    if change.old and change.new:
        return f"{what}: {change.old} -> {change.new}"
    if change.old:
        return f"{what} gone: {change.old}"
    return f"{what}: {change.new}" if change.field in ("bytes", "sizes and digests") else f"{what} added: {change.new}"


def to_json(changes: Sequence[Change]) -> dict[str, Any]:
    """For programs: all parts of each change; empty ones are left out."""
    return {
        "same": not changes,
        "changes": [{name: value for name, value in asdict(change).items() if value} for change in changes],
    }


def html(changes: Sequence[Change], title: str) -> str:
    """A page of its own, for any browser, without a network."""
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    count = f"{len(changes)} differences" if changes else "No differences"
    return "\n".join([head, f"<h1>{escape(title)}</h1><p>{count}.</p>", *_tables(changes), "</html>\n"])


def _tables(changes: Sequence[Change]) -> Iterator[str]:
    for scenario, found in groupby(changes, key=lambda change: change.scenario):
        yield f"<section><h2>{escape(scenario)}</h2>"
        for place, here in groupby(found, key=lambda change: change.place):
            yield f"<h3>{escape(place or 'The scenario')}</h3>"
            yield "<table><tr><th>What</th><th>Before</th><th>After</th></tr>"
            for change in here:
                cells = f"<td>{escape(subject(change))}</td><td class=old>{escape(change.old)}</td>"
                yield f"<tr>{cells}<td class=new>{escape(change.new)}</td></tr>"
            yield "</table>"
        yield "</section>"
