"""The command line: a thin face in front of `scenario`.

main      the process, its exit code            app       the root of it; `commands/` one file each
running   runs scenarios, watches for Ctrl-C    progress  what a terminal shows meanwhile
lines     how results read                      exits     the exit codes
"""

from simulator.cli.exits import Exit
from simulator.cli.main import main

__all__ = ["Exit", "main"]
