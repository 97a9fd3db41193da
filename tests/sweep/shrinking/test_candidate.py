"""Data that may be a scenario once more."""

from typing import Any

import pytest

from simulator.scenario import ScenarioFileError
from simulator.sweep.shrinking.candidate import meaningful, scenario

TOPOLOGY = {"providers": {"a.example": {"users": {"alice": ["phone"]}}, "b.example": {"users": {"bob": ["phone"]}}}}


def data(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"name": "x", "topology": TOPOLOGY, "steps": list(steps)}


CREATE = {"create_group": "alice", "as": "team"}
SEND = {
    "send": {"by": "alice", "group": "team", "text": 'é "quoted" ${no parameter}\n'.replace("${", "$${")},
    "as": "m",
}
RECEIVED = {"expect": {"received": {"messages": "m", "by": []}}}


def test_it_is_read_as_a_file_is() -> None:
    read = scenario(data(CREATE, SEND))
    assert [entry.label for entry in read.steps] == ["create_group team", "send m"]
    with pytest.raises(ScenarioFileError):
        scenario(data(SEND))


def test_steps_about_what_is_no_more_go_with_it() -> None:
    """Without the group nothing can be sent, and of what was not sent nothing can be said."""
    other = {"crash": "b.example"}
    assert meaningful(data(CREATE, SEND, other, RECEIVED)) == data(CREATE, SEND, other, RECEIVED)
    assert meaningful(data(SEND, other, RECEIVED)) == data(other)


def test_without_any_step_it_is_none() -> None:
    assert meaningful(data(SEND)) is None


def test_what_is_wrong_elsewhere_can_not_be_mended_by_leaving_out_steps() -> None:
    assert meaningful({**data(CREATE), "topology": {}}) is None
