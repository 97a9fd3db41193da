"""Who hears of what is accepted in a room."""

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.binding.submit_message import SUBMIT_MESSAGE
from simulator.drafts.mimi_protocol_06.client.roster import leave
from simulator.drafts.mimi_protocol_06.rules.deliveries import fanned_out_message
from simulator.drafts.mimi_protocol_06.rules.fan_out import Source, fan_out, fan_out_to_participants, providers_in
from simulator.mls.proposals.proposals import Remove
from tests.drafts.mimi_protocol_06.hub import Hub, brought, message_request, own_recipients
from tests.drafts.mimi_protocol_06.rooms import change_list


def test_providers_are_those_of_the_leaves(room: Hub) -> None:
    found = providers_in(room.record.public)
    assert {name: len(clients) for name, clients in found.items()} == {"a.example": 1, "b.example": 2, "c.example": 1}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (Source("a.example", "mimi://a.example/d/alice/phone"), {"b.example", "c.example"}),
        (Source("b.example", "mimi://b.example/d/bob/phone"), {"own", "b.example", "c.example"}),
        (Source("c.example", "mimi://c.example/d/cathy/phone"), {"own", "b.example"}),
        (Source("c.example", "mimi://c.example/d/cathy/tablet"), {"own", "b.example", "c.example"}),
        (Source("c.example"), {"own", "b.example"}),
        (Source("b.example"), {"own", "b.example", "c.example"}),
    ],
)
def test_the_source_hears_of_it_where_others_there_need_to(room: Hub, source: Source, expected: set[str]) -> None:
    message = fanned_out_message(7, room.member("alice.phone@a").say(b"hello"), None)
    assert set(brought(fan_out(message, room.record.public, source, room.context))) == expected
    state = room.state
    effects = fan_out_to_participants(message, room.record.public, state, source, room.context)
    assert set(brought(effects)) == expected


def test_or_where_its_client_does(room: Hub) -> None:
    message = fanned_out_message(7, room.member("alice.phone@a").say(b"hello"), None)
    for client in ("mimi://d.example/d/dave/phone", "mimi://c.example/d/cathy/phone"):
        source = Source(client.split("/")[2], client)
        effects = fan_out(message, room.record.public, source, room.context, to_source=True)
        assert {"own", "b.example", source.provider} <= set(brought(effects))
    own = Source("a.example", "mimi://a.example/d/alice/phone")
    effects = fan_out(message, room.record.public, own, room.context, to_source=True)
    assert own_recipients(effects) == [(own.client,)]


def test_who_is_removed_or_banned_gets_no_messages_any_more(room: Hub) -> None:
    alice, bob, cathy = (room.member(name) for name in ("alice.phone@a", "bob.phone@b", "cathy.phone@c"))
    place = room.state.committed.index_of(cathy.user)
    first, second = (message_request(alice.say(text), alice) for text in (b"hello", b"again"))
    room.propose(alice, Remove(cathy.leaf), change_list(roles={place: 1}))
    assert set(brought(room.ask(SUBMIT_MESSAGE, encode(first), "a.example")[1])) == {"b.example"}
    room.propose(bob, *leave(bob.group))
    assert room.ask(SUBMIT_MESSAGE, encode(second), "a.example")[1] == ()
    assert set(brought(room.commit(alice))) == {"b.example", "c.example"}, "but the commit that removes them"


def test_nor_do_the_hubs_own_clients(hub: Hub) -> None:
    alice = hub.create()
    hub.add(alice, "abe.phone@a", "bob.phone@b")
    abe, bob = hub.member("abe.phone@a"), hub.member("bob.phone@b")
    said = message_request(bob.say(b"hello"), bob)
    hub.propose(abe, *leave(abe.group))
    assert own_recipients(hub.ask(SUBMIT_MESSAGE, encode(said), "b.example")[1]) == [(alice.uri,)]
