"""As far as the server plays along there are requests to alter; what it has no part in is told with its reason."""

from pathlib import Path

import pytest

from simulator.fuzzing.external.opening import looked_around
from simulator.fuzzing.external.server import server_in
from tests.fuzzing.external.served import ROOMS, external


async def test_a_follower_of_groups(tmp_path: Path) -> None:
    async with external(tmp_path) as served:
        endpoints, undone = await looked_around(server_in(served.over))
    assert set(endpoints) == {
        "connection_key_packages",
        "connection_request",
        "deliver_message",
        "group_key_packages",
        "verification_key",
    }
    assert undone == []


async def test_a_hub_of_an_open_room(tmp_path: Path) -> None:
    async with external(tmp_path, ROOMS) as served:
        endpoints, undone = await looked_around(server_in(served.over))
    assert set(endpoints) > {"keyMaterial", "notify", "update", "submitMessage", "groupInfo", "requestConsent"}
    assert undone == []


@pytest.mark.parametrize(("at", "user"), [("a", "alice"), ("b", "bob")])
async def test_whichever_place_it_takes(tmp_path: Path, at: str, user: str) -> None:
    async with external(tmp_path, ROOMS, at=at, user=user) as served:
        endpoints, undone = await looked_around(server_in(served.over))
    assert set(endpoints) > {"keyMaterial", "notify", "update", "submitMessage", "groupInfo", "requestConsent"}
    assert undone == []


async def test_who_does_not_agree_is_asked_for_less(tmp_path: Path) -> None:
    async with external(tmp_path, agreeing=False) as served:
        endpoints, undone = await looked_around(server_in(served.over))
    assert {"connection_request", "verification_key"} <= set(endpoints)
    assert "deliver_message" not in endpoints
    connection, group = undone
    assert connection == "a connection with carol: over.yaml does not say that its users agree (`accepts: true`)"
    assert group.startswith("a group with carol: ")
