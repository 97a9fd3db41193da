"""What a run puts on the wire, here or in another process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import trio

from simulator.scenario import Result, Scenario, load_file, run_scenario
from simulator.trace import Recorder
from tests.scenario.small_scenarios import Silent, culprit

ROOT = Path(__file__).parents[2]

Bytes = dict[str, list[tuple[str, str, str]]]
"""Per pair of sender and recipient: the endpoint, request and response of every exchange, in order."""


async def played(scenario: Scenario, seed: int) -> Bytes:
    """What a run puts on the wire. Requests to several providers go out side by side: among these no order is promised,
    but between two of them it is.
    """
    recorder = Recorder()
    result = await run_scenario(scenario, seed, Silent(), recorder)
    assert result.result is Result.passed, culprit(result)
    found: Bytes = {}
    for e in recorder.exchanges:
        pair = found.setdefault(f"{e.sender} {e.recipient}", [])
        pair.append((e.endpoint, e.request.hex(), e.response.hex()))
    return found


def played_elsewhere(file: Path, seed: int, hash_seed: str) -> Bytes:
    """The same from another process, in which sets and text hashes have another order."""
    command = [sys.executable, "-m", "tests.scenario.played", str(file), str(seed)]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return {pair: [tuple(each) for each in exchanges] for pair, exchanges in json.loads(done.stdout).items()}


if __name__ == "__main__":
    json.dump(trio.run(played, load_file(Path(sys.argv[1])), int(sys.argv[2])), sys.stdout)
