"""Rows and columns of a sweep, made up."""

from typing import Any

from simulator.sweep.columns import COSTS, FAILURE, FIRST, KEY, LAST, MEASURES, REPEAT, Column
from simulator.sweep.figures import Look
from simulator.sweep.identity import Identity

COLUMNS = (KEY, *FIRST, Column("providers", "whole", "", is_axis=True), *LAST, *MEASURES, *FAILURE, *COSTS, REPEAT)
NOTHING: dict[str, Any] = {column.name: None for column in COLUMNS}


def row(draft: str, providers: int, seed: int, requests: int, *, failed: bool = False) -> dict[str, Any]:
    """A run."""
    made = {"key": f"{draft}{providers}{seed}", "scenario": "a", "draft": draft, "providers": providers}
    made |= {"waived": "none", "seed": seed, "repetition": 1, "requests": requests, "repeat": f"mimi-sim run a {seed}"}
    bad = {"verdict": "failed", "cause": "send: …", "message": f"expected <{seed}>", "failed_line": 7}
    bad |= {"failed_file": "a.yaml", "failed_step": "send", "failed_expectation": "requests", "failed_rules": "R-1"}
    return {**NOTHING, **made, **(bad if failed else {"verdict": "passed"})}


ROWS = tuple(
    row(draft, providers, seed, providers * factor + seed, failed=draft == "b" and providers == 6 and seed == 1)
    for draft, factor in (("a", 1), ("b", 10))
    for providers in (3, 6, 12)
    for seed in (1, 2)
)


def look(rows: tuple[dict[str, Any], ...] = ROWS) -> Look:
    """What is in a folder with these."""
    return Look(Identity("What <it> costs", "And\nwhy.", 20, "", {}, "1", COLUMNS), rows, False)
