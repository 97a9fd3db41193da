"""Members by the names in their leaves."""

from contextlib import closing
from dataclasses import replace

from simulator.mls.tree.credential import BasicCredential
from simulator.services.members import all_but, client_of, name_of, uri_of, users_of
from tests.services.bench import Bench, Client, new_group


def test_a_client_and_its_user() -> None:
    alice = Client.of("mimi://a.example/d/alice/phone")
    with closing(Bench()) as bench:
        public = new_group(bench, alice).public
    assert client_of(public.members()[0].leaf_node) == "mimi://a.example/d/alice/phone"
    assert list(users_of(public)) == ["mimi://a.example/u/alice"]


def test_what_is_no_client_is_a_user_of_its_own() -> None:
    """A leaf with junk for a name can be in a tree that a dishonest hub shows."""
    junk = Client.of("mimi://a.example/d/alice/phone")
    junk.identity = replace(junk.identity, credential=BasicCredential(b"junk\xff"))
    with closing(Bench()) as bench:
        public = new_group(bench, junk).public
    assert client_of(public.members()[0].leaf_node) == "junk\ufffd"
    assert list(users_of(public)) == ["junk\ufffd"]


def test_the_users_of_a_group_with_their_clients() -> None:
    with closing(Bench()) as bench:
        alice = bench.found("alice.phone@a", "bob.phone@b", "bob.laptop@b", "carol.phone@c")
    public = alice.group.public
    assert {user: [name_of(member).device for member in clients] for user, clients in users_of(public).items()} == {
        "mimi://a.example/u/alice": ["phone"],
        "mimi://b.example/u/bob": ["phone", "laptop"],
        "mimi://c.example/u/carol": ["phone"],
    }
    uris = [uri_of(member) for member in public.members()]
    assert all_but(uris[1], public) == [uris[0], *uris[2:]]
