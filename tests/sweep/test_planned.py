"""A plan of another kind than scenarios goes the same way: rows, resumed, and what is too large for a row beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars

from simulator.sweep.columns import COSTS, KEY, REPEAT, VERDICT, Column
from simulator.sweep.engines import InProcess, Task
from simulator.sweep.identity import Identity
from simulator.sweep.planned import Planned
from simulator.sweep.results import Results
from simulator.sweep.sweeping import sweep

COLUMNS = (
    KEY,
    Column("number", "whole", "what is squared", is_axis=True),
    VERDICT,
    Column("square", "whole", "x"),
    Column("message", "text", "x"),
    *COSTS,
    REPEAT,
)
WHAT = Identity("squares", "", 3, "plan", {}, "1", COLUMNS)


def squared(number: int) -> dict[str, Any]:
    return {"verdict": "passed", "square": number**2, "long": "x" * 1000}


@dataclass(frozen=True)
class Square:
    number: int

    @property
    def key(self) -> str:
        return f"key {self.number}"

    @property
    def axes(self) -> Mapping[str, int]:
        return {"number": self.number}

    @property
    def repeat(self) -> tuple[str, ...]:
        return ("square", str(self.number))

    @property
    def task(self) -> Task:
        return Task(self.key, squared, self.number)


@dataclass(frozen=True)
class Squares:
    up_to: int
    stop: None = None

    def __len__(self) -> int:
        return self.up_to

    def runs(self) -> Iterator[Square]:
        return map(Square, range(self.up_to))

    def keep(self, value: Mapping[str, Any], folder: Path) -> Mapping[str, Any]:
        (folder / f"{value['square']}.txt").write_text(value["long"])
        return {name: each for name, each in value.items() if name != "long"}


async def test_a_plan_of_something_else(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    for up_to, new in ((2, [0, 1]), (3, [4])):
        plan: Planned = Squares(up_to)
        tally = await sweep(plan, Results(folder, WHAT), InProcess())
        assert (tally.runs, tally.verdicts) == (up_to, {"passed": up_to})
        written = {file.name for file in folder.glob("*.txt")}
        assert written == {f"{each}.txt" for each in new}, "what was there is not run again"
        for file in folder.glob("*.txt"):
            file.unlink()
    found = polars.read_parquet(folder / "runs" / "*.parquet")
    assert found.select("key", "square", "repeat").rows()[-1] == ("key 2", 4, "mimi-sim square 2")
    assert "long" not in found.columns
