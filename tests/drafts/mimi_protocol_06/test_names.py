"""Providers, rooms and their groups."""

import pytest

from simulator.drafts.mimi_protocol_06.names import (
    absolute_url,
    asset_id,
    asset_place,
    asset_url,
    group_of,
    hub_of,
    provider_of,
    provider_uri,
    room_of,
)
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


ASSET = "0123456789abcdef" * 2


def test_an_asset_is_at_its_providers_domain() -> None:
    url = asset_url("a.example", ASSET)
    assert url == f"https://a.example/v1/asset/{ASSET}"
    assert asset_place(url) == ("a.example", ASSET)
    assert (asset_id(ASSET), absolute_url(url)) == (ASSET, url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        ASSET,
        f"http://a.example/v1/asset/{ASSET}",
        f"https://a.example:443/v1/asset/{ASSET}",
        f"https://a.example@b.example/v1/asset/{ASSET}",
        f"https://A.example/v1/asset/{ASSET}",
        f"https://10.0.0.1/v1/asset/{ASSET}",
        f"https://localhost/v1/asset/{ASSET}",
        f"https://https://a.example/v1/asset/{ASSET}",
        f"https://a.example/v1/asset/{ASSET}/",
        f"https://a.example/v1/asset/{ASSET}?x",
        f"https://a.example/v1/asset/{ASSET}#x",
        f"https://a.example/v1/asset/{ASSET.upper()}",
        f"https://a.example/v1/../asset/{ASSET}",
        "https://a.example/v1/asset/..",
    ],
)
def test_anything_else_is_the_url_of_no_asset(url: str) -> None:
    with pytest.raises(BadName, match="is the URL of no asset"):
        asset_place(url)


@pytest.mark.parametrize("text", ["", "x", "/v1/x", "https://", "https:x", "https://[::1", "https://a/ b", "https://é"])
def test_what_is_no_url_at_all(text: str) -> None:
    with pytest.raises(BadName, match="is no URL"):
        absolute_url(text)
