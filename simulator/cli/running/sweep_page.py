"""`sweep --html`: the page of a sweep, with the traces of what failed first in each way."""

from collections.abc import Sequence
from pathlib import Path

from simulator.cli.running.repeating import record
from simulator.extras import need
from simulator.sweep.figures import look
from simulator.sweep.page.failure_groups import failure_groups
from simulator.sweep.page.page import page
from simulator.trace.saving import STDOUT, save

_MOST = 20
"""So many ways to fail have a trace."""


def write_page(folder: Path, file: Path, axes: Sequence[str]) -> int:
    """Write it; how many traces there are beside it. Raises SimulatorError."""
    need("report")
    seen = look(folder)
    page(seen, axes)  # whatever is wrong is said before anything is run again
    firsts = [group.first for group in failure_groups(seen.rows)[:_MOST] if file != STDOUT]
    beside = file.with_name(f"{file.stem}-traces")
    names = record(firsts, beside) if firsts else {}
    links = {key: f"{beside.name}/{name}" for key, name in names.items()}
    save(file, (page(seen, axes, links).encode(),))
    return len(links)
