"""The process from its start to its exit code."""

import sys
import traceback
import warnings
from typing import NoReturn, TextIO

from simulator.cli.app import app
from simulator.cli.exits import Exit
from simulator.cli.output.console import complain
from simulator.cli.output.streams import standard_streams
from simulator.cli.output.terminal import tidy
from simulator.errors import SimulatorWarning
from simulator.machine import machine_failure, raise_open_files_limit


def main() -> NoReturn:
    """Run the command line. Whatever escapes from it is a fault of ours, and is said to be one."""
    raise_open_files_limit()
    warnings.showwarning = _say
    tidy()
    with standard_streams():
        _run()


def _run() -> NoReturn:
    try:
        app(prog_name="mimi-sim")
    except KeyboardInterrupt:
        sys.exit(Exit.interrupted)
    except Exception as error:
        failure = machine_failure(error)
        if failure is not None:
            complain(f"mimi-sim: this machine can't do it: {failure}")
            sys.exit(Exit.fault)
        complain(f"mimi-sim: the simulator itself failed: {type(error).__name__}: {error}")
        if "--debug" in sys.argv:
            complain("".join(traceback.format_exception(error)).rstrip())
        else:
            complain("run it again with --debug for the traceback")
        sys.exit(Exit.fault)
    sys.exit(Exit.passed)


def _say(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """A warning for people as it stands; one of Python or a library as Python shows it."""
    if issubclass(category, SimulatorWarning):
        complain(f"warning: {message}")
    else:
        print(warnings.formatwarning(message, category, filename, lineno, line), end="", file=file or sys.stderr)
