"""The process from its start to its exit code."""

import sys
import traceback
from typing import NoReturn

from simulator.cli.app import app
from simulator.cli.exits import Exit
from simulator.machine import machine_failure, raise_open_files_limit


def main() -> NoReturn:
    """Run the command line. Whatever escapes from it is a fault of ours, and is said to be one."""
    raise_open_files_limit()
    try:
        app(prog_name="mimi-sim")
    except KeyboardInterrupt:
        sys.exit(Exit.interrupted)
    except Exception as error:
        failure = machine_failure(error)
        if failure is not None:
            print(f"mimi-sim: this machine can't do it: {failure}", file=sys.stderr)
            sys.exit(Exit.fault)
        print(f"mimi-sim: the simulator itself failed: {type(error).__name__}: {error}", file=sys.stderr)
        if "--debug" in sys.argv:
            traceback.print_exception(error)
        else:
            print("run it again with --debug for the traceback", file=sys.stderr)
        sys.exit(Exit.fault)
    sys.exit(Exit.passed)
