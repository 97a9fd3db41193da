"""Batches: a case is given by target, environment, seed and number, however many are done at once and wherever."""

from pathlib import Path
from typing import Any

import pytest
import trio

from simulator.fuzzing.batch import MOST, Batch, fuzzed, replayed
from simulator.fuzzing.decoding import Decoding
from simulator.fuzzing.findings import Finding
from simulator.fuzzing.plan import FuzzPlan
from simulator.fuzzing.targets import ALONE
from simulator.mutation.cases import Shot
from simulator.mutation.properties import Broken
from simulator.sweep.engines import Engine, InProcess, Processes
from simulator.sweep.results import Results
from simulator.sweep.sweeping import sweep
from tests.fuzzing.sample import kind

ROOMS = str(kind("mimi-protocol-06", 2))


def digest_of(values: list[dict[str, Any]]) -> str:
    return f"{sum(int(value['digest'], 16) for value in values) % 2**128:032x}"


@pytest.mark.parametrize(
    ("target", "environment", "cases"),
    [
        ("requests", str(kind("mimi-transport-00")), 60),
        ("requests", ROOMS, 60),
        ("answers", ROOMS, 42),
        ("joins", ROOMS, 30),
        ("tokens", str(kind("mimi-transport-00")), 42),
        ("contents", str(kind("mimi-protocol-06")), 300),
        ("decoding", ALONE, 999),
        ("groups", ALONE, 60),
    ],
)
async def test_however_cases_are_parted_the_same_comes_of_them(target: str, environment: str, cases: int) -> None:
    whole = await fuzzed(Batch(target, environment, 5, 10, cases))
    assert (whole["verdict"], whole["cases"]) == ("passed", cases), whole["found"]
    third, rest = divmod(cases, 3)
    assert rest == 0
    parts = [await fuzzed(Batch(target, environment, 5, first, third)) for first in (10 + third, 10 + 2 * third)]
    first = await fuzzed(Batch(target, environment, 5, 10, third))
    assert digest_of([first, *parts]) == whole["digest"]
    assert first["digest"] != parts[0]["digest"]


async def rows_by(engine: Engine, folder: Path) -> list[tuple[Any, ...]]:
    plan = FuzzPlan({("groups", ALONE): 40, ("contents", str(kind("mimi-protocol-06"))): 40}, 3, first=20_000)
    async with engine:
        results = Results(folder, plan.identity())
        await sweep(plan, results, engine)
    found = results.read().sort("key")
    return found.select("key", "target", "environment", "first", "cases", "outcomes", "digest", "verdict").rows()


async def test_whatever_engine_does_them_the_rows_are_the_same(tmp_path: Path) -> None:
    here = await rows_by(InProcess(), tmp_path / "one")
    assert len(here) == 2
    assert here == await rows_by(Processes(2), tmp_path / "two")


async def test_another_seed_is_other_cases() -> None:
    one, other = [await fuzzed(Batch("decoding", ALONE, seed, 0, 20)) for seed in (1, 2)]
    assert one["digest"] != other["digest"]


async def test_findings_are_kept_and_what_follows_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.fuzzing.decoding.MEMORY", -(10**9))
    value = await fuzzed(Batch("decoding", ALONE, 1, 0, 400))
    assert (value["verdict"], value["cases"] + value["left"], value["kinds"]) == ("failed", 400, 1)
    assert value["findings"] >= len(value["found"]) > 0
    assert value["cause"].startswith("Broken in decoding.py")
    assert value["failed_step"] == f"case {value['found'][0]['number']}"
    finding = Finding(**value["found"][0])
    assert "bytes of memory" in finding.error
    assert "bytes of memory" in str(await replayed(finding))
    monkeypatch.undo()
    assert await replayed(finding) is None


async def test_a_batch_in_which_every_case_fails_ends_early(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(self: Decoding, shot: Shot) -> str:
        raise Broken("planted")

    monkeypatch.setattr(Decoding, "fire", fails)
    value = await fuzzed(Batch("decoding", ALONE, 1, 0, 400))
    assert (value["verdict"], value["cases"], value["findings"], value["left"]) == ("failed", MOST, MOST, 400 - MOST)
    few = await fuzzed(Batch("decoding", ALONE, 1, 0, MOST - 1))
    assert (few["cases"], few["left"]) == (MOST - 1, 0)


async def test_cases_that_wait_for_nothing_let_others_run_between_them() -> None:
    """Such as who hears Ctrl-C."""
    with trio.CancelScope() as scope:
        scope.cancel()
        await fuzzed(Batch("decoding", ALONE, 1, 0, 200))
    assert scope.cancelled_caught
