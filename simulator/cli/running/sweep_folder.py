"""`--show`: how far the sweep in a folder is."""

import time
from pathlib import Path

import typer

from simulator.cli.exits import Exit
from simulator.cli.output.console import TextConsole
from simulator.cli.output.sweep_lines import failure_lines, verdict_line
from simulator.sweep.columns import axis_names
from simulator.sweep.figures import look

_LOOK_EVERY = 5.0
"""Seconds between two looks at one that is running."""


def show_folder(folder: Path) -> None:
    """How far it is; where it is running, failures as they come until it is over. Raises SimulatorError."""
    console, told = TextConsole(), 0
    try:
        while True:
            seen = look(folder)
            for row in seen.failures[told:]:
                for line in failure_lines(row, axis_names(seen.identity.columns)):
                    console.show(line)
            told = len(seen.failures)
            console.show(verdict_line(seen.verdicts, seen.progress(time.time())))
            if not seen.is_running:
                return
            time.sleep(_LOOK_EVERY)
    except KeyboardInterrupt:
        raise typer.Exit(Exit.interrupted) from None
