"""`mimi-sim`, also `python -m simulator`."""

import atexit
import gc
import sys

from simulator.garbage import collect_seldom
from simulator.import_path import leave_out_working_folder
from simulator.spared_imports import leave_out_command_lines


def main() -> None:
    """Run the command line. It is imported here: not from the working folder, and Ctrl-C ends the process quietly also
    while that takes its time.
    """
    leave_out_working_folder()
    collect_seldom()
    leave_out_command_lines()
    atexit.register(gc.freeze)  # who ends looks for garbage among all once more, for nothing
    try:
        from simulator.cli.output import terminal

        terminal.tidy()
        from simulator.cli.main import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
