"""`mimi-sim`, also `python -m simulator`."""

import atexit
import gc
import sys

from simulator.import_path import leave_out_working_folder

_OBJECTS, _AMONG_NEW, _AMONG_ALL = 50_000, 20, 100
"""After how many more objects garbage is looked for, and how often among older ones and all: imports and parsing make
very many, and all of them stay."""


def main() -> None:
    """Run the command line. It is imported here: not from the working folder, and Ctrl-C ends the process quietly also
    while that takes its time.
    """
    leave_out_working_folder()
    gc.set_threshold(_OBJECTS, _AMONG_NEW, _AMONG_ALL)
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
