"""Steps of the scenario language in cells."""

import pytest

from simulator.notebook import Federation, Refused


def test_steps_know_what_cells_have_named_and_the_other_way_round(federation: Federation) -> None:
    alice = federation.client("alice")
    alice.connect("bob", "carol")
    team = alice.create_group("team")
    alice.add(team, "bob", "carol")
    done = federation.do(
        """
        - send: {by: alice, group: team, text: one}
          as: one
          expect: {received: {messages: one, by: [bob, carol]}}
        - create_group: bob
          as: theirs
        """
    )
    assert repr(done) == "passed  send one\npassed  create_group theirs"
    assert federation.group("theirs").members == {"bob.phone": 0}
    federation.do("send: {by: alice, group: team, text: two}\nas: one")  # a cell may be run again
    federation.do("expect: {received: {messages: one, by: [bob, carol]}}")
    assert list(federation.client("bob").messages["text"]) == ["one", "two"]


def test_attacks_are_marked(federation: Federation) -> None:
    assert "attack" in federation.do("withhold: {by: a.example, clients: carol}").html
    assert "attack" not in federation.do("behave: a.example").html


def test_mistakes_have_a_place_and_a_hint(federation: Federation) -> None:
    with pytest.raises(Refused, match=r'cell:1:10: unknown client "bbo" \(did you mean "bob"\?\)'):
        federation.do("offline: bbo")
    with pytest.raises(Refused, match='unknown group "team": no step above has made a group'):
        federation.do("send: {by: alice, group: team}")
    with pytest.raises(Refused, match="cell"):
        federation.do("}{")
    with pytest.raises(Refused, match="the file is empty"):
        federation.do("")
    with pytest.raises(Refused, match='already a message "one"'):
        federation.do("- create_group: bob\n  as: g\n" + 2 * "- send: {by: bob, group: g}\n  as: one\n")


def test_a_step_that_ends_otherwise_than_expected_is_said(federation: Federation) -> None:
    with pytest.raises(Refused, match="offline: expected error wrong_epoch, but it succeeded"):
        federation.do("offline: bob\nexpect: {error: wrong_epoch}")


def test_a_ghost_can_be_named_from_then_on(federation: Federation) -> None:
    alice = federation.client("alice")
    alice.connect("bob")
    team = alice.create_group("team")
    alice.add(team, "bob")
    federation.do("- ghost: bob.shadow\n- external_join: {by: bob.shadow, group: team}")
    federation.do("send: {by: bob.shadow, group: team}")
    assert list(team.members) == ["alice.phone", "bob.phone", "bob.shadow"]
