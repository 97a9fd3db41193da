"""What of a captured request is not its body."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.requests.template import Template
from simulator.errors import SimulatorError
from simulator.scenario.running.context import Request
from simulator.scenario.running.request_parts import changed, check, is_one

PLAIN = DRAFTS[0].named("deliver_message")
WITH_ROOM = replace(PLAIN, template=Template("/notify/{roomId}"))
REQUEST = Request("a.example", "b.example", "notify", b"", {"roomId": "r"}, (("from", "mimi@a.example"), ("x", "y")))


def test_which_paths_lead_to_them() -> None:
    assert is_one("path.roomId")
    assert is_one("headers.from")
    assert not is_one("body.path.roomId")
    assert check(WITH_ROOM, "path.roomId")
    assert check(PLAIN, "headers.x")
    assert not check(PLAIN, "sender")


@pytest.mark.parametrize(
    ("endpoint", "path", "words"),
    [
        (
            WITH_ROOM,
            "path.roomid",
            'of deliver_message has no "roomid" (did you mean "roomId"?); it has roomId',
        ),
        (PLAIN, "path.roomId", 'path.roomId: the path of deliver_message has no "roomId", nor any other variable'),
    ],
)
def test_a_variable_that_there_is_not(endpoint: Any, path: str, words: str) -> None:
    with pytest.raises(SimulatorError) as error:
        check(endpoint, path)
    assert words in str(error.value)


def test_they_are_set_and_taken_out() -> None:
    values = {"path.roomId": "other", "headers.From": "mimi@c.example", "sender": "z"}
    made = changed(REQUEST, values, ["headers.x", "s"])
    assert made == replace(REQUEST, variables={"roomId": "other"}, headers=(("from", "mimi@c.example"),))


@pytest.mark.parametrize(
    ("values", "gone", "words"),
    [
        ({"headers.x": 3}, (), "headers.x: 3 does not fit, expected text"),
        ({}, ["headers.z"], "headers.z: the request has no such header; it has: from, x"),
    ],
)
def test_what_can_not_be_done(values: dict[str, Any], gone: list[str], words: str) -> None:
    with pytest.raises(SimulatorError) as error:
        changed(REQUEST, values, gone)
    assert str(error.value) == words
