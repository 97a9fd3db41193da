"""Who is in a group."""

from simulator.services.hub.members import all_but, name_of, uri_of, users_of
from tests.services.bench import Bench


def test_members_are_known_by_name(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", "bob.phone@b", "carol.phone@c")
    group = alice.group.public
    uris = ["mimi://a.example/d/alice/phone", "mimi://b.example/d/bob/phone", "mimi://c.example/d/carol/phone"]
    assert [uri_of(member) for member in group.members()] == uris
    assert all_but(uris[1], group) == [uris[0], uris[2]]
    assert list(users_of(group)) == [
        f"mimi://{at}" for at in ("a.example/u/alice", "b.example/u/bob", "c.example/u/carol")
    ]
    assert name_of(group.members()[1]).device == "phone"
