"""The picture of the shipped experiment, from all its runs: `python -m tests.sweep.picture [DIR]` draws it anew.

What is in DIR already is not run again.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import trio

from simulator.sweep.engines import Processes
from simulator.sweep.figures import look
from simulator.sweep.identity import identity
from simulator.sweep.loading import read_file
from simulator.sweep.page.curves import curve
from simulator.sweep.page.grids import grids
from simulator.sweep.plan import plan
from simulator.sweep.results import Results
from simulator.sweep.sweeping import sweep

EXPERIMENT = Path("scenarios/experiments/fan-out-cost.yaml")
PICTURE = Path(".github/fan-out-cost.svg")
MEASURE = "last_bytes"


async def run(folder: Path) -> None:
    """All runs that are not in the folder."""
    made = plan(read_file(EXPERIMENT))
    async with Processes(2) as engine:
        await sweep(made, Results(folder, identity(made)), engine)


def main(folder: Path) -> None:
    """Draw what a message costs over the number of providers."""
    trio.run(run, folder)
    seen = look(folder)
    PICTURE.write_text(curve(grids(seen.rows, seen.identity.columns), MEASURE) + "\n")
    print(f"{PICTURE}: {len(seen.rows)} runs")


if __name__ == "__main__":
    with TemporaryDirectory(prefix="mimi-sim-") as temporary:
        main(Path(sys.argv[1]) if sys.argv[1:] else Path(temporary))
