"""What is said of a campaign of fuzzing: what became of the cases of each target, and where its findings are."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from simulator.cli.output.console import TextConsole
from simulator.fuzzing.batch import MOST

_ENDED = f"a batch ends after {MOST} findings, and where one has brought down a server that is not ours"
_MOST = 12
"""So many outcomes of a target are named."""


def show_outcomes(rows: Iterable[Mapping[str, Any]], findings: Iterable[Path]) -> None:
    """All targets of these rows, and the files that were written this time."""
    console = TextConsole()
    for line in outcome_lines(rows):
        console.show(line)
    for file in findings:
        console.show(f"finding: mimi-sim fuzz --replay {file.as_posix()}")


def scene_lines(server: str, endpoints: Mapping[str, int], undone: Iterable[str]) -> Iterator[str]:
    """Of somebody else's server: to which endpoints there are how many valid requests to alter, and why not to more."""
    there = ", ".join(f"{name} {count}" for name, count in endpoints.items())
    yield f"{server}: valid requests to alter, by endpoint: {there or 'none'}"
    for reason in undone:
        yield f"  not done: {reason}"


def outcome_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A line for each target, and its commonest outcomes below it."""
    by_target: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["cases"]:
            by_target.setdefault(row["target"], []).append(row)
    for target, some in by_target.items():
        cases, seconds = sum(row["cases"] for row in some), sum(row["cpu_seconds"] or 0 for row in some)
        rate = f", {cases / seconds:.0f} a processor second" if seconds else ""
        yield f"{target}: {cases} cases{rate}, {sum(row['findings'] for row in some)} findings"
        if left := sum(row["left"] for row in some):
            yield f"{left:9} cases not run: {_ENDED}; mend these, and begin in another folder"
        outcomes = Counter[str]()
        for row in some:
            for labels in json.loads(row["outcomes"]).values():
                outcomes.update(labels)
        for label, count in outcomes.most_common(_MOST):
            yield f"{count:9} {label}"
        if len(outcomes) > _MOST:
            yield f"{'':9} and {len(outcomes) - _MOST} others"
