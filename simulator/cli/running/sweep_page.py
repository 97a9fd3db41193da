"""`sweep --html`: the page of a sweep, with the traces of what failed first in each way."""

from collections.abc import Sequence
from pathlib import Path

from simulator.cli.running.repeating import record
from simulator.extras import need
from simulator.sweep.columns import axis_names
from simulator.sweep.figures import look
from simulator.sweep.page.failure_groups import failure_groups
from simulator.sweep.page.page import page
from simulator.sweep.settings import SCENARIO
from simulator.trace.saving import STDOUT, save

_MOST = 20
"""So many ways to fail have a trace."""


def write_page(folder: Path, file: Path, axes: Sequence[str]) -> int:
    """Write it; how many traces there are beside it: of scenarios only. Raises SimulatorError."""
    need("report")
    seen = look(folder)
    page(seen, axes)  # whatever is wrong is said before anything is run again
    names = axis_names(seen.identity.columns)
    told = file != STDOUT and SCENARIO in names
    firsts = [group.first for group in failure_groups(seen.rows, names)[:_MOST]] if told else []
    beside = file.with_name(f"{file.stem}-traces")
    traces = record(firsts, beside) if firsts else {}
    links = {key: f"{beside.name}/{name}" for key, name in traces.items()}
    save(file, (page(seen, axes, links).encode(),))
    return len(links)
