"""`--show`: how far the sweep in a folder is."""

import time
from pathlib import Path

import typer

from simulator.cli.exits import Exit
from simulator.cli.output.console import TextConsole
from simulator.cli.output.sweep_lines import failure_lines, verdict_line
from simulator.sweep.columns import axis_names
from simulator.sweep.figures import look

_LOOK_EVERY = 1.0
"""Seconds between two looks at one that is running: results are written as often."""
_AT_MOST = 0.1
"""Of the time is for looking, since each look reads all rows: with many of them there are fewer."""


def show_folder(folder: Path) -> None:
    """How far it is; where it is running, failures as they come until it is over. Raises SimulatorError."""
    console, told, runs = TextConsole(), 0, -1
    try:
        while True:
            began, seen = time.monotonic(), look(folder)
            for row in seen.failures[told:]:
                for line in failure_lines(row, axis_names(seen.identity.columns)):
                    console.show(line)
            told = len(seen.failures)
            if len(seen.rows) != runs or not seen.is_running:  # else there is nothing new
                console.show(verdict_line(seen.verdicts, seen.progress(time.time())))
            if not seen.is_running:
                return
            runs = len(seen.rows)
            time.sleep(max(_LOOK_EVERY, (time.monotonic() - began) / _AT_MOST))
    except KeyboardInterrupt:
        raise typer.Exit(Exit.interrupted) from None
