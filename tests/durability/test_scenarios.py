"""The shipped scenarios of durability, with rates at which everything in them happens, and nothing that was accepted is
lost, doubled or swapped: clocks jump while providers crash and answers lie; providers crash wherever tokens are on
their way.
"""

from pathlib import Path

import pytest

from simulator.scenario import NullObserver, Result, load, run_scenario
from tests.cli.process import ROOT


async def _run(name: str, parameters: dict[str, int | float], seed: int, also: str, folder: Path) -> None:
    """It passes, and so does what is expected also, at its end."""
    file = folder / "durability.yaml"
    file.write_text((ROOT / f"scenarios/{name}.yaml").read_text() + f"  - expect: [{also}]\n")
    (scenario,) = load([file], parameters=parameters)
    found = await run_scenario(scenario, seed, NullObserver())
    assert found.result is Result.passed, found


@pytest.mark.parametrize("seed", [1, 2])
async def test_in_a_hostile_time_with_crashes_besides(seed: int, tmp_path: Path) -> None:
    rates = {"operations": 80, "crash_rate": 0.01, "clock_rate": 0.03, "lie_rate": 0.1}
    happened = "{hits: {of: jump, at_least: 10}}, {hits: {of: lie, at_least: 10}}, {crashes: {at_least: 3}}"
    await _run("resilience/durability", rates, seed, happened, tmp_path)


async def test_a_crash_at_each_point_of_a_token(tmp_path: Path) -> None:
    points = ", ".join(f"{{crashes: {{point: {each}, at_least: 1}}}}" for each in ("asking", "asked", "paying", "paid"))
    await _run("tokens/durability", {"token_crash_rate": 0.2}, 2, points, tmp_path)
