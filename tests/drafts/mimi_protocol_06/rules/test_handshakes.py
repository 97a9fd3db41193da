"""The form of handshakes, who may send them, and for which epoch."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.binding.update import UPDATE
from simulator.drafts.mimi_protocol_06.client.roster import leave
from simulator.drafts.mimi_protocol_06.messages.update import HandshakeBundle, UpdateRequest
from simulator.mls.framing.framing import MemberSender
from simulator.mls.framing.message import mls_message
from simulator.mls.proposals.external_proposal import propose_as_external_sender, propose_own_add
from simulator.mls.proposals.proposals import Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.services.refusal import Code
from tests.drafts.mimi_protocol_06.hub import (
    HANDSHAKE,
    ROOM,
    Hub,
    Member,
    commit_request,
    external_commit,
    message_request,
    proposal_request,
)


@pytest.fixture
def bob(room: Hub) -> Member:
    return room.member("bob.phone@b")


def changed(request: UpdateRequest, **changes: Any) -> UpdateRequest:
    """The same with another content in its first message, whose signature does not fit any more."""
    message = request.bundle.proposal_or_commit
    content = replace(message.body.content, **changes)
    body = replace(message.body, content=content)
    return replace(request, bundle=replace(request.bundle, proposal_or_commit=mls_message(body)))


def test_a_private_message_is_no_handshake(room: Hub, bob: Member) -> None:
    message = message_request(bob.say(b"hello"), bob).app_message
    with room.refusing("P6-4.2-FORM/PUBLIC", Code.malformed):
        room.update(UpdateRequest(HandshakeBundle(message)), bob)


def test_a_handshake_is_of_the_room_in_the_path(room: Hub, bob: Member) -> None:
    body = encode(commit_request(bob.commit()))
    with room.refusing("P6-4.2-FORM/GROUP", Code.malformed):
        room.ask(UPDATE, body, "b.example", f"{ROOM}s")
    with room.refusing("P6-4.2-FORM/GROUP", Code.malformed):
        room.update(changed(commit_request(bob.commit()), group_id=b"mimi://a.example/g/another"), bob)


def test_no_commit_comes_behind_a_proposal(room: Hub, bob: Member) -> None:
    commit = bob.commit().message
    (proposal,) = bob.propose(Remove(room.member("bob.tablet@b").leaf))
    with room.refusing("P6-4.2-FORM/KIND", Code.malformed):
        room.update(proposal_request((proposal, commit)), bob)


def test_nothing_stands_beside_a_handshake(room: Hub, bob: Member) -> None:
    bundle = bob.commit(authenticated_data=b"")
    with room.refusing("P6-5-HANDSHAKE-AAD", Code.malformed):
        room.update(commit_request(bundle), bob)


def test_a_bundle_is_of_one_sender(room: Hub, bob: Member) -> None:
    cathy = room.member("cathy.phone@c")
    messages = (*bob.propose(SelfRemove()), *cathy.propose(SelfRemove()))
    with room.refusing("P6-4.2-ONE-SENDER", Code.malformed):
        room.update(proposal_request(messages), bob)


def test_nobody_else_proposes_over_this_endpoint(room: Hub, bob: Member) -> None:
    context = bob.group.public.context
    external = propose_as_external_sender(context, 0, bob.identity.signature_private_key, Remove(bob.leaf), HANDSHAKE)
    dave = room.member("dave.phone@d")
    own = propose_own_add(context, dave.identity, dave.key_package(), HANDSHAKE)
    for message in (external, own):
        with room.refusing("P6-4.2-MEMBERS-PROPOSE", Code.not_authorized):
            room.update(proposal_request((message,)), bob)


def test_a_provider_speaks_for_its_clients_only(room: Hub, bob: Member) -> None:
    body = encode(commit_request(bob.commit()))
    for other in ("a.example", "c.example", "d.example"):
        with room.refusing("P6-4.2-SENDER/MEMBER", Code.not_authorized):
            room.ask(UPDATE, body, other)


def test_a_handshake_comes_from_somebody_in_the_group(room: Hub, bob: Member) -> None:
    bundle = bob.commit()
    public = bundle.message.body
    elsewhere = replace(public, content=replace(public.content, sender=MemberSender(99)))
    request = commit_request(replace(bundle, message=replace(bundle.message, body=elsewhere)))
    with room.refusing("P6-4.2-ACTOR/LEAF", Code.not_authorized):
        room.ask(UPDATE, encode(request), "b.example")


def test_a_provider_speaks_for_its_joiners_only(room: Hub) -> None:
    request, _ = external_commit(room.member("bob.watch@b"), room)
    with room.refusing("P6-4.2-SENDER/JOINER", Code.not_authorized):
        room.ask(UPDATE, encode(request), "c.example")


def test_an_external_commit_brings_a_leaf(room: Hub) -> None:
    request, _ = external_commit(room.member("bob.watch@b"), room)
    commit: Any = request.bundle.proposal_or_commit.body.content.content
    with room.refusing("P6-4.2-FORM/PATH", Code.malformed):
        room.ask(UPDATE, encode(changed(request, content=replace(commit, path=None))), "b.example")


def test_of_another_epoch_only_who_has_or_had_a_client_hears_which_it_is(room: Hub, bob: Member) -> None:
    body = encode(commit_request(bob.commit()))
    alice = room.member("alice.phone@a")
    room.commit(alice, *room.removing(alice, bob, room.member("bob.tablet@b")))
    with room.refusing("P6-4.2-EPOCH", Code.wrong_epoch):
        room.ask(UPDATE, body, "b.example")
    with room.refusing("P6-4.2-SENDER/OTHER-EPOCH", Code.not_authorized):
        room.ask(UPDATE, body, "d.example")


def test_an_external_commit_of_another_epoch_is_late(room: Hub) -> None:
    request, _ = external_commit(room.member("bob.watch@b"), room)
    room.commit(room.member("alice.phone@a"))
    with room.refusing("P6-4.2-EPOCH", Code.wrong_epoch):
        room.ask(UPDATE, encode(request), "b.example")


def test_whose_removal_is_accepted_commits_nothing_any_more(room: Hub, bob: Member) -> None:
    alice = room.member("alice.phone@a")
    room.propose(alice, *room.removing(alice, bob, room.member("bob.tablet@b")))
    with room.refusing("P6-4.2-REMOVED-USERS/COMMIT", Code.not_authorized):
        room.update(commit_request(bob.commit()), bob)


def test_and_proposes_only_that_it_goes(room: Hub, bob: Member) -> None:
    tablet, cathy = room.member("bob.tablet@b"), room.member("cathy.phone@c")
    room.propose(bob, *leave(bob.group))
    with room.refusing("P6-4.2-REMOVED-USERS/PROPOSAL", Code.not_authorized):
        room.update(proposal_request(tablet.propose(Remove(cathy.leaf))), tablet)
