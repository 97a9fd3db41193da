"""`mimi-sim`, also `python -m simulator`."""

import gc
import sys

from simulator.import_path import leave_out_working_folder

_OBJECTS = 20_000
"""After how many more objects garbage is looked for: imports and parsing make very many, and all of them stay."""


def main() -> None:
    """Run the command line. It is imported here: not from the working folder, and Ctrl-C ends the process quietly also
    while that takes its time.
    """
    leave_out_working_folder()
    gc.set_threshold(_OBJECTS)
    try:
        from simulator.cli.output import terminal

        terminal.tidy()
        from simulator.cli.main import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
