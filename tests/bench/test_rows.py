"""The rows: what the issue of the benchmark asks for is there, each with a goal that can be read."""

from pathlib import Path

import pytest

from simulator.bench.rows import ROWS

IDS = [row.id for row in ROWS]


def test_each_has_an_id_of_its_own() -> None:
    assert len(IDS) == len(set(IDS))


@pytest.mark.parametrize("family", [
    *(f"request-{sort}-{count}" for sort in ("bare", "peer", "best", "h2") for count in (1, 10, 100)), "request-full",
    "fanout-200", "fanout-growth", "fanout-members", "start-200", "memory-200", "group-1000", "ds-commit-1000",
    *(f"mls-{what}-{size}" for what in ("create", "process", "join", "seal", "open") for size in (10, 100, 1000)),
    "suite", "scenario-start", "command-start", "load-all", "recorder", "token-issue", "token-redeem",
    "loop-stall",
])  # fmt: skip
def test_what_is_to_be_measured_is(family: str) -> None:
    assert family in IDS


def test_each_is_compared_with_a_baseline_or_a_limit() -> None:
    for row in ROWS:
        assert (row.baseline is None) == (row.limit is not None) == (not row.against), row.id
        assert row.goal == 1 or row.limit is None, row.id
        assert row.goal > 0


def test_what_is_said_to_stand_in_the_way_is_shown_by_a_program_of_the_checkout() -> None:
    programs = {row.obstacle.program for row in ROWS if row.obstacle is not None}
    found = {file.as_posix() for file in Path("tests/benchmarks/denied").glob("*.py")}
    assert programs == found
