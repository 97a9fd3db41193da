"""Paths with a variable, both ways."""

import pytest

from simulator.drafts.requests.template import Template

ROOM = "mimi://a.example/r/a room"


def test_a_template_without_a_variable_is_one_path() -> None:
    template = Template("/deliver_message")
    assert template.variable is None
    assert template.match("/deliver_message") == {}
    assert template.match("/deliver_message/") is None
    assert template.match("/deliver_messag") is None
    assert template.expand() == template.expand(roomId=ROOM) == str(template) == "/deliver_message"


def test_what_is_expanded_matches_again() -> None:
    template = Template("/v1/update/{roomId}")
    path = template.expand(roomId=ROOM)
    assert path == "/v1/update/mimi%3A%2F%2Fa.example%2Fr%2Fa%20room"
    assert template.match(path) == {"roomId": ROOM}
    assert (template.variable, str(template)) == ("roomId", "/v1/update/{roomId}")
    with pytest.raises(KeyError, match="roomId"):
        template.expand(room=ROOM)


def test_a_variable_may_stand_in_the_middle() -> None:
    template = Template("/rooms/{room}/messages")
    assert template.expand(room="~x-1_.") == "/rooms/~x-1_./messages"
    assert template.match("/rooms/~x-1_./messages") == {"room": "~x-1_."}


@pytest.mark.parametrize("path", ["/v1/update/", "/v1/update", "/v1/update/a/b", "/v2/update/a", "*", "", "v1"])
def test_a_path_that_is_another_one_does_not_match(path: str) -> None:
    assert Template("/v1/update/{roomId}").match(path) is None


def test_parts_that_overlap_are_no_match() -> None:
    assert Template("/aa{x}aa").match("/aaa") is None
    assert Template("/aa{x}aa").match("/aaaa") is None
    assert Template("/aa{x}aa").match("/aabaa") == {"x": "b"}


def test_a_value_that_is_no_text_is_kept() -> None:
    template = Template("/{x}")
    (value,) = (template.match("/%FF") or {}).values()
    assert value.encode(errors="surrogateescape") == b"\xff"


@pytest.mark.parametrize("text", ["", "x", "{x}", "/{x}/{y}", "/{x", "/{}", "/{+x}"])
def test_other_text_is_no_template(text: str) -> None:
    with pytest.raises(ValueError, match="is no path with at most one variable"):
        Template(text)
