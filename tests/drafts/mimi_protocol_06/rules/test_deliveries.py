"""What waits in outboxes and queues is what is sent."""

from dataclasses import replace

import pytest

from simulator.clients.adversary.odd_message import in_public
from simulator.codec import decode, encode
from simulator.drafts.mimi_protocol_06 import rules
from simulator.drafts.mimi_protocol_06.messages.common import FullTree
from simulator.drafts.mimi_protocol_06.messages.notify import FannedOutMessage, FanoutMessage
from simulator.drafts.mimi_protocol_06.rules.deliveries import (
    deliver,
    digest,
    effect_for,
    fanned_out_commit,
    fanned_out_message,
    fanned_out_proposals,
    fanned_out_welcome,
)
from simulator.drafts.mls_profile import Content
from simulator.mls.proposals.proposals import Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.rules import KEEPS_NOTHING, enforced_by
from simulator.services.delivery.effects import Enqueue, FanOut
from tests.drafts.mimi_protocol_06.hub import GROUP, Hub, brought, own_recipients
from tests.services.bench import NOW


def test_messages_come_with_what_is_said_beside_them(room: Hub) -> None:
    alice, bob = room.member("alice.phone@a"), room.member("bob.phone@b")
    said = alice.say(b"hello")
    proposals = bob.propose(SelfRemove(), Remove(room.member("bob.tablet@b").leaf))
    commit = alice.commit(*room.adding(alice, room.member("dave.phone@d")))
    tree = commit.next.public.ratchet_tree()
    made = [
        (fanned_out_message(7, said, None), FanoutMessage(7, said, application=FannedOutMessage(None))),
        (fanned_out_proposals(7, proposals), FanoutMessage(7, proposals[0], more_proposals=proposals[1:])),
        (fanned_out_commit(7, commit.message), FanoutMessage(7, commit.message, external_proposals=())),
        (
            fanned_out_welcome(7, commit.welcomes[0].body, tree),
            FanoutMessage(7, commit.welcomes[0], ratchet_tree_option=FullTree(tree)),
        ),
    ]
    for found, expected in made:
        assert found == expected
        assert decode(FanoutMessage, encode(found)) == found


def test_others_find_out_who_is_meant_and_our_own_are_named(room: Hub) -> None:
    message = fanned_out_message(7, room.member("alice.phone@a").say(b"hello"), None)
    there, here = (
        effect_for(provider, GROUP.encode(), message, ["client"], room.context)
        for provider in ("b.example", "a.example")
    )
    assert isinstance(there, FanOut)
    assert isinstance(here, Enqueue)
    assert (there.delivery.recipients, here.delivery.recipients) == ((), ("client",))
    assert there.delivery.payload == here.delivery.payload == encode(message)


def test_anything_can_be_brought_to_some_clients(room: Hub) -> None:
    alice, bob = room.member("alice.phone@a"), room.member("bob.phone@b")
    adding = alice.commit(*room.adding(alice, room.member("dave.phone@d")))
    with enforced_by(KEEPS_NOTHING):
        public, _ = in_public(alice.group.state, Content(b"hello", b"\x00"), alice.rand)
    for message in (public, alice.say(b"hello"), bob.propose(SelfRemove())[0], adding.message, adding.welcomes[0]):
        effects = room.do(
            lambda context, message=message: deliver(GROUP.encode(), [alice.uri, bob.uri], message, context)
        )
        found = brought(effects)
        assert {name: [each.message for each in several] for name, several in found.items()} == {
            "own": [message],
            "b.example": [message],
        }
        assert own_recipients(effects) == [(alice.uri,)]
    assert room.facts.last_timestamp > NOW * 1000
    assert room.do(lambda context: deliver(b"mimi://b.example/g/1", [alice.uri], message, context)) == ()


def test_what_the_hub_says_of_a_message_belongs_to_it(room: Hub) -> None:
    message = fanned_out_message(7, room.member("alice.phone@a").say(b"hello"), None)
    digests = {
        digest(GROUP.encode(), encode(message)),
        digest(GROUP.encode(), encode(replace(message, timestamp=8))),
        digest(GROUP.encode() + b"s", encode(message)),
    }
    assert len(digests) == 3
    assert rules.digest is digest


@pytest.mark.parametrize("name", ["deliver", "digest", "clients_gone", "hub_keys", "key_package_use", "take_commit"])
def test_the_package_is_the_drafts_rules(name: str) -> None:
    assert callable(getattr(rules, name))
