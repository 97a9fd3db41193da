"""What is said of a sweep: each failure, and what it has come to."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.text import Text

from simulator.sweep.page.failure_groups import named

_STYLES = {"passed": "green", "failed": "bold red", "fault": "bold red"}


def failure_lines(row: Mapping[str, Any], axes: Sequence[str]) -> Iterator[Text]:
    """A run that failed: what it was, where it failed first and why, and the command that repeats it."""
    file, line = row.get("failed_file"), row.get("failed_line")
    place = f"{file}:{line} " if file and line else ""
    verdict = str(row["verdict"])
    yield Text.assemble((verdict, _STYLES.get(verdict, "")), f" {named(row, axes)}, seed {row['seed']}")
    yield Text(f"  {place}{row['failed_step'] or ''}: {row['message'] or ''}")
    yield Text(f"  {row['repeat']}", style="dim")


def verdict_line(verdicts: Mapping[str, int], said: str) -> Text:
    """How many runs have which verdict, behind how far it is."""
    counts = ", ".join(f"{number} {verdict}" for verdict, number in verdicts.items())
    return Text(f"{said}: {counts}" if counts else said, style="bold")
