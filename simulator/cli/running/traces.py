"""Kept traces on the command line."""

from pathlib import Path

from simulator.cli.output.console import complain
from simulator.cli.running.machine_checks import check_working_folder
from simulator.drafts import registry
from simulator.drafts.dissection import dissector
from simulator.errors import SimulatorError
from simulator.trace import Trace, read_all


def read_traces(place: Path) -> tuple[Trace, ...]:
    """The traces in a folder, or the one in a file. Says so where nobody can decode what is in them. Raises
    SimulatorError.
    """
    found = read_all(place, dissector)
    known = [draft.name for draft in registry.known()]
    for name in sorted({trace.header.draft for trace in found} - {*known}):
        complain(f"warning: {place}: no draft {name} is known here, so no body is decoded: --draft PATH makes it known")
    return found


def spare(traces: Path, output: Path, option: str = "-o") -> None:
    """Keep the traces as they are, and among themselves. Raises SimulatorError."""
    check_working_folder(output, traces)
    place = output.resolve()
    if place == traces.resolve():
        raise SimulatorError(f"{option} {output}: that is the trace itself, and a trace is never written over")
    if place.suffix == ".jsonl" and place.parent == (traces if traces.is_dir() else traces.parent).resolve():
        raise SimulatorError(
            f"{option} {output}: that is where the traces are, and any *.jsonl there is taken for one: "
            "choose another folder or suffix"
        )
