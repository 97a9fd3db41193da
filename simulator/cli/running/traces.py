"""Kept traces on the command line."""

from pathlib import Path

from simulator.cli.running.machine_checks import check_working_folder
from simulator.errors import SimulatorError


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
