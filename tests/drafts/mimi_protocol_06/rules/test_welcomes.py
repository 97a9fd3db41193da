"""A Welcome is for exactly those whom a commit adds, and goes where their KeyPackages came from."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.drafts.mimi_protocol_06.messages.common import FullTree
from simulator.drafts.mimi_protocol_06.rules.rooms import note_fetched
from simulator.drafts.mimi_protocol_06.rules.welcomes import WELCOME
from simulator.services.accounts import key_packages
from simulator.services.hub.welcomes import match_welcomes
from simulator.services.refusal import Code, Refusal
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.hub import ROOM, Hub, Member, brought, commit_request, own_recipients


@pytest.fixture
def alice(room: Hub) -> Member:
    return room.member("alice.phone@a")


def test_it_is_there_exactly_if_the_commit_adds(room: Hub, alice: Member) -> None:
    adding = alice.commit(*room.adding(alice, room.member("dave.phone@d")))
    with room.refusing("P6-4.2-WELCOME/PRESENT", Code.invalid_welcome):
        room.update(commit_request(adding, welcome=None), alice)
    welcome = adding.welcomes[0].body
    with room.refusing("P6-4.2-WELCOME/PRESENT", Code.invalid_welcome):
        room.update(commit_request(alice.commit(), welcome=welcome), alice)


def test_it_names_exactly_whom_the_commit_adds(room: Hub, alice: Member) -> None:
    dave, eve = room.member("dave.phone@d"), room.member("eve.phone@d")
    both = alice.commit(*room.adding(alice, dave, eve))
    one = alice.commit(*room.adding(alice, room.member("frank.phone@d")))
    with room.refusing("P6-4.2-WELCOME/COMPLETE", Code.invalid_welcome):
        room.update(commit_request(one, welcome=replaced(one, ())), alice)
    with room.refusing("P6-4.2-WELCOME/ADDED", Code.invalid_welcome):
        secrets = (*one.welcomes[0].body.secrets, *both.welcomes[0].body.secrets)
        room.update(commit_request(one, welcome=replaced(one, secrets)), alice)


def replaced(bundle: Any, secrets: Any) -> Any:
    return replace(bundle.welcomes[0].body, secrets=secrets)


def test_it_is_of_the_rooms_suite(room: Hub, alice: Member) -> None:
    bundle = alice.commit(*room.adding(alice, room.member("dave.phone@d")))
    with room.refusing("P6-4.2-WELCOME/CIPHER-SUITE", Code.invalid_welcome):
        room.update(commit_request(bundle, welcome=replace(bundle.welcomes[0].body, cipher_suite=3)), alice)


def test_nothing_else_invites(room: Hub, alice: Member) -> None:
    bundle = alice.commit(*room.adding(alice, room.member("dave.phone@d")))
    staged = room.record.public.stage_commit(bundle.message.body, room.now)
    with breaks("P6-4.2-WELCOME/FORM"), pytest.raises(Refusal) as caught:
        list(match_welcomes((bundle.message,), staged, WELCOME))
    assert caught.value.code is Code.invalid_welcome


def test_it_follows_the_commit_with_the_tree(room: Hub, alice: Member) -> None:
    found = brought(room.add(alice, "dave.phone@d"))
    assert list(found) == ["b.example", "c.example", "d.example"]
    (message,) = found["d.example"]
    assert message.ratchet_tree_option == FullTree(room.record.public.ratchet_tree())
    assert message.timestamp == found["b.example"][0].timestamp


def test_it_goes_where_the_key_package_was_fetched(room: Hub, alice: Member) -> None:
    dave = room.member("dave.phone@d")
    adding = room.adding(alice, dave)
    room.do(lambda context: note_fetched(ROOM, (dave.bundles[-1].reference,), "e.example", context))
    found = brought(room.commit(alice, *adding))
    assert list(found) == ["b.example", "c.example", "e.example"]


def test_an_own_client_is_known_by_its_key_package(room: Hub, alice: Member) -> None:
    laptop = room.member("alice.laptop@a")
    adding = room.adding(alice, laptop)
    room.do(lambda context: key_packages.upload(laptop.uri, [laptop.bundles[-1].key_package], context))
    effects = room.commit(alice, *adding)
    assert own_recipients(effects) == [(laptop.uri,)]
