"""`mimi-sim`, also `python -m simulator`."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line. It is imported here: Ctrl-C ends the process quietly also while that takes its time."""
    try:
        from simulator.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
