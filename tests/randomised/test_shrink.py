"""A planted mistake is found, and shrunk to a file that shows it; and the shrinker keeps what matters."""

import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import trio

from simulator.scenario import ScenarioFileError
from tests.cli.process import ROOT, as_process, mimi_sim
from tests.randomised.planted import PLANTED, forgetful
from tests.randomised.report import report
from tests.randomised.scenario_files import content, scenario, text
from tests.randomised.seeded_run import play
from tests.randomised.shrink import Shrinker


def test_a_planted_mistake_is_found_and_shrunk(tmp_path: Path) -> None:
    with patch(PLANTED, forgetful):
        played = trio.run(play, 8, 20)
        assert played.failure is not None
        words = report(8, played, tmp_path, budget=20)
    file = tmp_path / "seed-8.yaml"
    assert words.endswith(f"mimi-sim run {file}")
    small = scenario_steps(file)
    assert len(small) <= 7, small
    assert {"create_group", "add_users", "send"} <= {word for step in small for word in step}
    broken = as_process("run", str(file), cwd=ROOT, program=[sys.executable, "-m", "tests.randomised.planted"])
    assert broken.code == 1, broken.out + broken.err
    assert "every message at every member" in broken.out
    whole = mimi_sim("run", str(file), cwd=ROOT)
    assert whole.code == 0, whole.out + whole.err


def scenario_steps(file: Path) -> list[dict[str, Any]]:
    from ruamel.yaml import YAML

    loaded = YAML(typ="safe", pure=True).load(file)
    return list(loaded["steps"])


def toy(*steps: dict[str, Any]) -> dict[str, Any]:
    return content(1, [{**step, "expect": {"may_fail": True}} for step in steps], "a toy")


def test_only_what_the_failure_needs_is_left() -> None:
    """It needs the group, two of the three users, and the send; nothing of it is run."""
    data = toy(
        {"connect": {"from": "alice.phone", "to": ["bob"]}},
        {"create_group": {"by": "alice.phone"}, "as": "team"},
        {"create_group": {"by": "bob.phone"}, "as": "other"},
        {"send": {"by": "bob.phone", "group": "other"}},
        {"add_users": {"by": "alice.phone", "group": "team", "users": ["bob", "carol", "cleo"]}},
        {
            "race": [
                {"leave": {"by": "bob.phone", "group": "other"}},
                {"leave": {"by": "bob.phone", "group": "team"}},
                {"leave": {"by": "cleo.phone", "group": "team"}},
                {"leave": {"by": "carol.phone", "group": "team"}},
            ]
        },
        {"send": {"by": "alice.phone", "group": "team"}},
    )

    def judge(candidate: dict[str, Any]) -> str | None:
        try:
            scenario(candidate)
        except ScenarioFileError:
            return None
        added = [user for step in candidate["steps"] for user in step.get("add_users", {}).get("users", ())]
        racing = any("race" in step for step in candidate["steps"])
        return "lost" if {"bob", "cleo"} <= set(added) and racing and "send" in candidate["steps"][-1] else None

    steps = Shrinker(data, "lost", judge, budget=500).shrink()["steps"]
    assert [next(iter(step)) for step in steps] == ["create_group", "add_users", "race", "send"]
    assert steps[1]["add_users"]["users"] == ["bob", "cleo"]
    assert len(steps[2]["race"]) == 2
    assert not any("expect" in step for step in steps)


def test_a_race_of_one_is_no_race() -> None:
    leaves: list[dict[str, Any]] = [{"leave": {"by": name, "group": "team"}} for name in ("bob", "cleo")]
    data = toy(
        {"create_group": {"by": "alice"}, "as": "team"}, {"race": leaves}, {"send": {"by": "a", "group": "team"}}
    )
    steps = Shrinker(data, "lost", lambda candidate: "lost" if "cleo" in str(candidate["steps"]) else None).shrink()[
        "steps"
    ]
    assert steps[-2] == leaves[1]


def test_another_failure_is_not_followed() -> None:
    data = toy({"create_group": {"by": "alice"}, "as": "team"}, {"send": {"by": "alice", "group": "team"}})
    shrinker = Shrinker(data, "lost", lambda _: "something else")
    assert shrinker.shrink() == data


def test_a_budget_is_kept() -> None:
    tried = []
    data = toy(*({"create_group": {"by": "alice"}, "as": f"g{number}"} for number in range(40)))
    Shrinker(data, "lost", lambda candidate: tried.append(candidate), budget=7).shrink()
    assert len(tried) == 7


def test_what_is_written_is_what_was_meant(tmp_path: Path) -> None:
    data = toy({"create_group": {"by": "alice"}, "as": "team"}, {"advance": "5s"})
    (file := tmp_path / "toy.yaml").write_text(text(data))
    assert scenario_steps(file) == data["steps"]
