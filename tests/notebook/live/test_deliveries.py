"""Who has what."""

from simulator.notebook import Federation


def test_messages_in_order_with_who_has_them_and_where_they_wait(federation: Federation) -> None:
    alice, bob, carol = (federation.client(name) for name in ("alice", "bob", "carol"))
    alice.connect("bob", "carol")
    team, other = alice.create_group("team"), alice.create_group("other")
    alice.add(team, "bob", "carol")
    alice.send(team, "one")
    bob.send(team, "two")
    carol.offline()
    alice.send(team, "one")
    alice.send(other, "to myself")
    shown = team.received
    assert repr(shown).splitlines() == [
        "alice.phone: one -> bob.phone, carol.phone",
        "bob.phone: two -> alice.phone, carol.phone",
        "alice.phone: one -> bob.phone",
        "wait at the provider: carol.phone 1",
    ]
    assert "<td>alice.phone: one</td>" in shown.html
    assert shown.html.count("✓") == 5
    assert shown.html.count(">sent<") == 3


def test_a_provider_that_is_down_is_not_asked_what_waits(federation: Federation) -> None:
    alice = federation.client("alice")
    alice.connect("bob")
    team = alice.create_group("team")
    alice.add(team, "bob")
    federation.provider("b.example").crash()
    alice.send(team, "one")
    assert repr(team.received) == "alice.phone: one -> nobody"
