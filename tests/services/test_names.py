"""Names: what is one, and what follows from it."""

import pytest

from simulator.services import names
from simulator.services.names import BadName


@pytest.mark.parametrize(
    "text", ["a.example", "ds.a.example", "a-1.b.c2", "x" * 63 + ".example", ".".join(["abcdefg"] * 31 + ["abcde"])]
)
def test_host_names(text: str) -> None:
    assert names.fqdn(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "app.localhost",
        "localhost.localdomain",
        "printer.local",
        "metadata.google.internal",
        "router.home.arpa",
        "1.0.0.127.in-addr.arpa",
        "1.0.ip6.arpa",
    ],
)
def test_names_that_mean_the_asking_machine_or_its_network(text: str) -> None:
    with pytest.raises(BadName, match="within one machine or network"):
        names.fqdn(text)


@pytest.mark.parametrize("text", ["local.example", "notlocalhost.example", "internal.example", "mylocal.examplelocal"])
def test_names_that_only_look_like_that(text: str) -> None:
    assert names.fqdn(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "localhost",
        "A.example",
        "a..example",
        "a.example.",
        ".example",
        "-a.example",
        "a-.example",
        "ä.example",
        "a.example:443",
        "https://a.example",
        "a.example/path",
        "a.example\n",
        "127.0.0.1",
        "1.2.3.0x7f",
        "[::1]",
        "::1",
        "x" * 64 + ".example",
        ".".join(["abcdefg"] * 31 + ["abcdef"]),
    ],
)
def test_what_is_no_host_name(text: str) -> None:
    with pytest.raises(BadName):
        names.fqdn(text)


def test_names_are_built_and_taken_apart() -> None:
    user = names.user("a.example", "alice")
    client = names.client("a.example", "alice", "phone")
    group = names.group("a.example", "1f")
    assert (user, client, group) == (
        "mimi://a.example/u/alice",
        "mimi://a.example/d/alice/phone",
        b"mimi://a.example/g/1f",
    )
    assert names.user_provider(user) == "a.example"
    assert names.parse_client(client) == ("a.example", user, "phone")
    assert names.group_provider(group) == "a.example"
    assert names.show_group(group) == "mimi://a.example/g/1f"


@pytest.mark.parametrize("group_id", [b"", b"\xff\x00", "mimi://ä/g/1".encode(), b"a\nb"])
def test_any_group_id_can_be_shown(group_id: bytes) -> None:
    assert names.show_group(group_id) == f"0x{group_id.hex()}"
    with pytest.raises(BadName):
        names.group_provider(group_id)


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "alice",
        "mimi://a.example/u",
        "mimi://a.example/u/",
        "mimi://a.example/u/alice/phone",
        "mimi://a.example/d/alice",
        "mimi:a.example/u/alice",
        "http://a.example/u/alice",
        "mimi://A.example/u/alice",
        "mimi://a.example/u/al ice",
        "mimi://a.example/u/alice?x=1",
        "mimi://a.example/u/" + "x" * 129,
    ],
)
def test_what_is_no_user(uri: str) -> None:
    with pytest.raises(BadName):
        names.user_provider(uri)


@pytest.mark.parametrize("uri", ["mimi://a.example/u/alice", "mimi://a.example/d/alice/", "mimi://a.example/d/a/b/c"])
def test_what_is_no_client(uri: str) -> None:
    with pytest.raises(BadName, match="no client URI"):
        names.parse_client(uri)


@pytest.mark.parametrize("name", ["", "a/b", "a b", "ä", "x" * 129])
def test_names_that_would_not_come_back_are_not_built(name: str) -> None:
    with pytest.raises(BadName):
        names.user("a.example", name)


def test_a_group_id_longer_than_any_uri_is_cut_where_it_is_shown() -> None:
    longest = f"mimi://{'a.' * 126}e/g/{'x' * 128}".encode()
    assert names.group_provider(longest)
    assert names.show_group(longest) == longest.decode()
    for group_id in (b"x" * 4_000_000, b"\xff" * 4_000_000):
        assert len(names.show_group(group_id)) < 1100
        assert names.show_group(group_id).endswith(" ...")
