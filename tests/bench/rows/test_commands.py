"""Commands as processes: what they take, and that a failure is told."""

import sys

import pytest

from simulator.bench.rows.commands import LOADING, PACKAGES, SMALL, process
from simulator.errors import SimulatorError


async def test_seconds_of_a_process_are_its_own() -> None:
    took, printed = await process((sys.executable, "-c", "print(sum(range(3_000_000)))"))
    assert int(printed) == 4499998500000
    assert took.cpu > 0.01


async def test_one_that_fails_is_a_sentence() -> None:
    with pytest.raises(SimulatorError, match="ended with exit code 3"):
        await process((sys.executable, "-c", "raise SystemExit(3)"))


def test_what_is_run_can_be_run() -> None:
    for program in (PACKAGES[-1], LOADING):
        compile(program, "program", "exec")
    assert SMALL[0] == "run"
