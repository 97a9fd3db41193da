"""Providers, rooms and their groups."""

import pytest

from simulator.drafts.mimi_protocol_06.names import group_of, hub_of, provider_of, provider_uri, room_of
from simulator.services.names import BadName

ROOM, GROUP = "mimi://a.example/r/clubhouse", b"mimi://a.example/g/clubhouse"


def test_a_room_and_its_group_have_one_id() -> None:
    assert (room_of(GROUP), group_of(ROOM), hub_of(ROOM)) == (ROOM, GROUP, "a.example")
    assert room_of(b"mimi://a.example/g/r") == "mimi://a.example/r/r"
    assert group_of("mimi://a.example/r/g") == b"mimi://a.example/g/g"


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "mimi://a.example",
        "mimi://a.example/r/",
        "mimi://a.example/r/x/r/y",
        "mimi://a.example/r/x/y",
        "mimi://a.example/g/x",
        "mimi://A.example/r/x",
        "mimi://a.example:443/r/x",
        "mimi://a.example/r/x?y",
        "mimi://a.example/r/x%20y",
        "mimi://a.example/r/é",
        "https://a.example/r/x",
        "mimi://a.example/u/alice",
    ],
)
def test_anything_else_is_no_room(uri: str) -> None:
    with pytest.raises(BadName, match="is no room URI"):
        group_of(uri)


def test_what_is_no_group_is_of_no_room() -> None:
    for group_id in (b"", b"mimi://a.example/r/x", b"\xff"):
        with pytest.raises(BadName):
            room_of(group_id)


def test_a_provider_is_its_domain() -> None:
    assert provider_uri("a.example") == "mimi://a.example"
    assert provider_of("mimi://a.example") == "a.example"
    for uri in ("a.example", "https://a.example", "mimi://a.example/", "mimi://A.example", "mimi://"):
        with pytest.raises(BadName):
            provider_of(uri)
