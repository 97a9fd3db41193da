"""From a failing scenario to a smaller one."""

from pathlib import Path
from typing import Any

import pytest
import trio

from simulator.errors import SimulatorError
from simulator.scenario import NullObserver, load, load_text, run_scenario
from simulator.sweep.causes import Cause, cause
from simulator.sweep.shrinking import Shrinker, shrink

PROVIDERS = {
    "a.example": {"users": {"alice": ["phone", "laptop"], "adam": ["phone"]}},
    "b.example": {"users": {"bob": ["phone"]}},
    "c.example": {"users": {"carol": ["phone"], "cleo": ["phone"]}},
}
LOST = Cause("send", "lost")
FILE = """
name: One gets it who should not
matrix: {providers: [2, 3]}
parameters: {words: hi}
topology: {generate: {providers: 1, users: 2}}
seed: 7
steps:
  - connect: {from: p1-u1, to: [p2-u1, p2-u2]}
  - create_group: p1-u1
    as: team
  - add_users: {by: p1-u1, group: team, users: [p2-u1, p2-u2]}
  - update_client: {by: p1-u1, group: team}
    repeat: 3
  - send: {by: p1-u1, group: team, text: "${words}"}
    as: one
    expect:
      - received: {messages: one, by: [p2-u1]}
  - update_client: {by: p1-u1, group: team}
"""


def toy(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"name": "toy", "topology": {"providers": PROVIDERS}, "seed": 9, "steps": list(steps)}


def test_only_what_the_failure_needs_is_left() -> None:
    """It needs the group, two of the three users, and the send; nothing of it is run."""
    data = toy(
        {"connect": {"from": "alice.phone", "to": ["bob"]}},
        {"create_group": {"by": "alice.phone"}, "as": "team"},
        {"create_group": {"by": "bob.phone"}, "as": "other"},
        {"send": {"by": "bob.phone", "group": "other"}},
        {"add_users": {"by": "alice.phone", "group": "team", "users": ["bob", "carol", "cleo"]}, "note": "three"},
        {"fault": [{"crash": {"where": {"sender": "b.example"}}}, {"partition": {"side": ["c.example"]}}]},
        {"send": {"by": "alice.phone", "group": "team"}, "expect": {"consistent": {}}},
        {"send": {"by": "alice.phone", "group": "team"}},
    )

    def judge(candidate: dict[str, Any]) -> Cause | None:
        added = [user for step in candidate["steps"] for user in step.get("add_users", {}).get("users", ())]
        parted = any("partition" in str(step) for step in candidate["steps"])
        return LOST if {"bob", "cleo"} <= set(added) and parted and "send" in candidate["steps"][-1] else None

    small = Shrinker(data, LOST, judge, budget=500).shrink()
    assert [next(iter(step)) for step in small["steps"]] == ["create_group", "add_users", "fault", "send"]
    assert small["steps"][1] == {"add_users": {"by": "alice.phone", "group": "team", "users": ["bob", "cleo"]}}
    assert list(small["steps"][2]["fault"][0]) == ["partition"]
    assert small["topology"]["providers"] == {
        "a.example": {"users": {"alice": ["phone"]}},
        "b.example": {"users": {"bob": ["phone"]}},
        "c.example": {"users": {"cleo": ["phone"]}},
    }
    assert small["seed"] == 1


def test_another_failure_is_not_followed() -> None:
    data = toy({"create_group": {"by": "alice.phone"}, "as": "team"}, {"crash": "a.example"})
    assert Shrinker(data, LOST, lambda _: Cause("send", "something else")).shrink() == data


def test_a_budget_is_kept() -> None:
    tried: list[object] = []
    data = toy(*({"create_group": {"by": "alice.phone"}, "as": f"g{number}"} for number in range(40)))
    Shrinker(data, LOST, lambda candidate: tried.append(candidate), budget=7).shrink()
    assert len(tried) == 7


def test_a_run_of_a_real_file_becomes_a_small_file_that_fails_alike(tmp_path: Path) -> None:
    (file := tmp_path / "big.yaml").write_text(FILE)
    whole = load([file], parameters={"words": "hello"})[1]
    assert whole.id.endswith("[providers=3]")
    shrunk = shrink(whole, 8, budget=25)
    (small,) = load_text(shrunk.text, "small.yaml")
    result = trio.run(run_scenario, small, None, NullObserver())
    assert cause(result) == shrunk.cause == Cause("send", "… to have none of them")
    assert shrunk.steps[0] == 8
    assert shrunk.steps[1] == len(small.steps) <= 4
    assert 0 < shrunk.runs <= 25


def test_what_passes_can_not_be_shrunk(tmp_path: Path) -> None:
    (file := tmp_path / "fine.yaml").write_text(FILE.replace("by: [p2-u1]", "by: [p2-u1, p2-u2]"))
    with pytest.raises(SimulatorError, match="does not fail: there is nothing to shrink"):
        shrink(load([file])[0], 1)
