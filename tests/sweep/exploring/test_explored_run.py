"""One run of an exploration."""

from pathlib import Path

from simulator.sweep.exploring.explored_run import explored
from simulator.sweep.one_run import RunRequest
from tests.sweep.exploring.small_random import planned


async def test_it_says_what_it_has_reached_and_drawn(tmp_path: Path) -> None:
    (setting,) = planned(tmp_path, "drafts: mimi-transport-00\n").settings.found
    found = await explored(RunRequest(setting.scenario, 1))
    assert found["verdict"] == "passed"
    assert found["reached"]["client Joined"] > 0
    steps, items, after = zip(*found["drawn"], strict=True)
    assert set(steps) == {1}
    assert {"create_group"} <= {next(iter(item)) for item in items}
    assert list(after) == sorted(after)
