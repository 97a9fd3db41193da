"""Clients and groups in cells."""

import pytest

from simulator.notebook import Federation, Refused
from simulator.notebook.live.clients import Client, Group
from simulator.services.refusal import Refusal


@pytest.fixture
def people(federation: Federation) -> tuple[Client, Client, Client, Group]:
    alice, bob, carol = (federation.client(name) for name in ("alice", "bob", "carol"))
    alice.connect(bob, "carol")
    team = alice.create_group("team")
    alice.add(team, bob, "carol")
    return alice, bob, carol, team


def test_everything_a_member_does(people: tuple[Client, Client, Client, Group], federation: Federation) -> None:
    alice, bob, carol, team = people
    assert repr(team) == f"<group team: {team.uri}>"
    assert team.members == {"alice.phone": 1, "bob.phone": 1, "carol.phone": 1}
    bob.update(team)
    alice.send(team, "hello")
    assert carol.messages.rows() == [("team", 2, "alice.phone", "hello")]
    carol.leave(team)
    alice.update(team)
    assert "carol.phone" not in team.members
    alice.remove(team, "bob")
    assert list(team.members) == ["alice.phone"]
    alice.delete(team)
    assert "Removed" in [type(event).__name__ for event in bob.events]
    steps = [step.label for step in federation.trace.steps]
    assert steps[1:5] == [
        "1 alice.phone connects with bob",
        "2 alice.phone connects with carol",
        "3 alice.phone creates team",
        "4 alice.phone adds bob and carol to team",
    ]


def test_a_further_client_joins_and_is_called_by_its_whole_name(federation: Federation) -> None:
    phone, laptop = federation.client("adam.phone"), federation.client("adam.laptop")
    team = phone.create_group("team")
    laptop.join(team)
    assert team.members == {"adam.phone": 1, "adam.laptop": 1}
    with pytest.raises(Refused, match=r"adam has 2 clients, and one is meant here: say adam\.phone or adam\.laptop"):
        federation.client("adam")


def test_who_is_offline_gets_it_later(people: tuple[Client, Client, Client, Group]) -> None:
    alice, bob, _, team = people
    bob.offline()
    alice.send(team, "hello")
    assert bob.messages.is_empty()
    assert "offline" in bob.display.html
    bob.online()
    assert list(bob.messages["text"]) == ["hello"]


def test_connections_by_hand(federation: Federation) -> None:
    bob, carol = federation.client("bob"), federation.client("carol")
    bob.request_connection(carol)
    carol.accept_connection("bob")
    group = bob.create_group()
    bob.add(group, carol)
    assert group.members == {"bob.phone": 1, "carol.phone": 1}


def test_refusals_say_who_wanted_what(people: tuple[Client, Client, Client, Group]) -> None:
    alice, bob, _, team = people
    other = alice.create_group("other")
    with pytest.raises(Refused, match=r"bob.phone adds carol to other: .* is not in the group") as caught:
        bob.add(other, "carol")
    assert not isinstance(caught.value.cause, Refusal)
    with pytest.raises(Refused, match=r'no user crol \(did you mean "carol"\?\)'):
        bob.remove(team, "crol")


def test_what_a_client_shows_of_itself(people: tuple[Client, Client, Client, Group]) -> None:
    alice, _, _, team = people
    assert repr(alice) == "<client alice.phone>"
    assert repr(alice.display) == "alice.phone (mimi://a.example/d/alice/phone): 3 groups"
    shown = alice._repr_html_()
    assert team.uri in shown
    assert "2 for groups, 2 for connections" in shown
    assert team._repr_html_() == team.display.html
