"""What the trace of a run costs: exchanges, events, the octets of connections, TLS secrets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from simulator.bench.row import Row
from simulator.bench.samples import Sample, Scale, Stopwatch, Take
from simulator.scenario import NullObserver, load_file, run_scenario
from simulator.scenario.loading.shipped import located
from simulator.scenario.running.tracing import Keep

FILE = Path("scenarios/fanout/five-providers.yaml")


@asynccontextmanager
async def _without(_: Scale) -> AsyncIterator[Take]:
    scenario = load_file(located(FILE))

    async def take() -> Sample:
        watch = Stopwatch()
        with watch.running():
            await run_scenario(scenario, None, NullObserver())
        return watch.cpu_per(1)

    yield take


@asynccontextmanager
async def _with(_: Scale) -> AsyncIterator[Take]:
    scenario, seeds = load_file(located(FILE)), count()

    async def take() -> Sample:
        watch, seed = Stopwatch(), next(seeds)
        with TemporaryDirectory() as folder, watch.running(), Keep(Path(folder)).recorder(scenario, seed) as recorder:
            await run_scenario(scenario, None, NullObserver(), recorder)
        return watch.cpu_per(1)

    yield take


ROWS = (
    Row(
        id="recorder",
        work="a run with its trace",
        unit="ms of CPU",
        ours=_with,
        baseline=_without,
        against="without",
        goal=0.95,
        rounds=15,
    ),
)
