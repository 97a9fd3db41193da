"""What recording a run costs: the same scenario with and without a trace file, turn by turn in the same process.

    python -m tests.benchmarks.bench_trace

Prints the quickest turn of each and their ratio, then the medians', with all that `run --trace` writes: exchanges,
events, the bytes of connections, TLS secrets. Whatever else the machine does only makes turns slower: the quickest say
most. About half a minute.
"""

import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import trio

from simulator.scenario import Scenario, ScenarioResult, load_file, run_scenario
from simulator.scenario.running.tracing import Keep
from tests.scenario.small_scenarios import Silent

FILE = Path(__file__).parents[2] / "scenarios/fanout/five-providers.yaml"
ROUNDS = 12


async def bare(scenario: Scenario) -> ScenarioResult:
    return await run_scenario(scenario, None, Silent())


async def traced(scenario: Scenario, keep: Keep, seed: int) -> ScenarioResult:
    with keep.recorder(scenario, seed) as recorder:
        return await run_scenario(scenario, None, Silent(), recorder)


def main() -> None:
    scenario = load_file(FILE)
    times: dict[str, list[float]] = {"without": [], "with": []}
    trio.run(bare, scenario)  # whatever is only slow the first time
    for turn in range(ROUNDS):
        with TemporaryDirectory() as folder:
            for name in ("without", "with") if turn % 2 else ("with", "without"):
                start = time.process_time()
                if name == "with":
                    trio.run(traced, scenario, Keep(Path(folder)), turn)
                else:
                    trio.run(bare, scenario)
                times[name].append(time.process_time() - start)
            size = sum(file.stat().st_size for file in Path(folder).iterdir())
    for name, judge in (("quickest", min), ("median", statistics.median)):
        without, recorded = judge(times["without"]), judge(times["with"])
        cost = f"{recorded / without - 1:+.1%}"
        print(f"{name}: without {without * 1000:.0f} ms, with {recorded * 1000:.0f} ms of CPU: {cost}")
    print(f"{size} bytes")


if __name__ == "__main__":
    main()
