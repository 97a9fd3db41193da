"""What commands take as processes of their own: to start, to read all scenario files, to run them."""

import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from resource import RUSAGE_CHILDREN, getrusage

import trio

from simulator.bench.row import Obstacle, Row
from simulator.bench.samples import Sample, Scale, Stopwatch, Take
from simulator.drafts.registry import usual
from simulator.errors import SimulatorError

SIMULATOR = (sys.executable, "-m", "simulator")
PACKAGES = (sys.executable, "-c", "import trio, httpx, hypercorn")
SMALL = ("run", "scenarios/connection/within-one-provider.yaml")
LOADING = """
from simulator.garbage import collect_seldom
collect_seldom()  # as every command does, before anything else
import pathlib, time
import simulator.scenario
import simulator.drafts.registry
from simulator.scenario.expectations import EXPECTATIONS
from simulator.scenario.steps import STEPS
# Drafts, steps and expectations are imported where they are first meant: that is no part of reading.
simulator.drafts.registry.known(), *STEPS.values(), *EXPECTATIONS.values()
began = time.process_time()
simulator.scenario.load([pathlib.Path("scenarios")])
print(time.process_time() - began)
"""


async def process(command: Sequence[str]) -> tuple[Sample, bytes]:
    """Seconds of the processor that a command takes, and what it prints. Raises SimulatorError where it fails.

    Modules are compiled once, as where they are installed: where the environment asks Python to keep nothing of that,
    each process would compile ours anew, and those of packages not.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, watch = getrusage(RUSAGE_CHILDREN), Stopwatch()
    with watch.running():
        done = await trio.run_process(command, capture_stdout=True, capture_stderr=True, check=False, env=environment)
    after = getrusage(RUSAGE_CHILDREN)
    if done.returncode:
        raise SimulatorError(f"{' '.join(command)} ended with exit code {done.returncode}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Sample(cpu, cpu, watch.wall), done.stdout


@asynccontextmanager
async def _start(_: Scale) -> AsyncIterator[Take]:
    async def take() -> Sample:
        (ours, _), (packages, _) = await process((*SIMULATOR, *SMALL)), await process(PACKAGES)
        return Sample(ours.cpu - packages.cpu, ours.cpu, ours.wall)

    yield take


@asynccontextmanager
async def _load(_: Scale) -> AsyncIterator[Take]:
    async def take() -> Sample:
        took, printed = await process((sys.executable, "-c", LOADING))
        return Sample(float(printed), took.cpu, took.wall)

    yield take


@asynccontextmanager
async def _suite(_: Scale) -> AsyncIterator[Take]:
    async def take() -> Sample:
        took, _ = await process((*SIMULATOR, "run", "scenarios", "--draft", usual()[0].name, "-j", "2"))
        return Sample(took.wall, took.cpu, took.wall)

    yield take


ROWS = (
    Row(
        id="suite",
        work="all shipped scenarios of one draft, two side by side",
        unit="s",
        ours=_suite,
        limit=8,
        rounds=1,
        obstacle=Obstacle(
            "As many servers, connections and requests of hypercorn and httpx, with as many signatures, keys and "
            "transactions, take two cores longer, and decide nothing.",
            "tests/benchmarks/denied/suite_of_scenarios.py",
        ),
    ),
    Row(
        id="command-start",
        work=f"mimi-sim {' '.join(SMALL)}, beyond what importing trio, httpx and hypercorn takes",
        unit="s of CPU",
        ours=_start,
        limit=0.4,
    ),
    Row(id="load-all", work="read and check all shipped scenario files", unit="s of CPU", ours=_load, limit=0.5),
)
