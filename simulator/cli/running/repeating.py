"""Runs of a sweep done again, with their traffic recorded: a report of each, to look at."""

import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import trio

from simulator.cli.arguments import assignments
from simulator.cli.running.jobs import Job, run_job
from simulator.cli.running.selecting import chosen
from simulator.errors import SimulatorError
from simulator.scenario import NullObserver
from simulator.scenario.running.tracing import Keep
from simulator.trace import read_all
from simulator.trace.report import write


def record(rows: Iterable[Mapping[str, Any]], folder: Path) -> dict[str, str]:
    """Write a report of each run into a folder; their file names, by key. Raises SimulatorError where it can't be
    written, or a run can't be done again because its scenario has changed.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SimulatorError(f"{folder}: {error.strerror}") from None
    found: dict[str, str] = {}
    for row in rows:
        name = f"{row['key']}.html"
        with TemporaryDirectory(prefix="mimi-sim-") as traces:
            trio.run(run_job, job(row, Path(traces)), NullObserver())
            write(read_all(Path(traces)), folder / name)
        found[row["key"]] = name
    return found


def job(row: Mapping[str, Any], traces: Path) -> Job:
    """What the command in a row does, with a trace in a folder. Raises SimulatorError."""
    _, _, path, *words = shlex.split(row["repeat"])
    given = list(zip(words[::2], words[1::2], strict=True))
    options = dict(given)
    settings = assignments([value for option, value in given if option == "--set"])
    waived = [value for option, value in given if option == "--waive"]
    (scenario,) = chosen([path], None, None, options.get("--draft"), settings, None, None, waived)
    return Job(scenario, int(options["--seed"]), Keep(traces))
