"""Proposals from outside."""

from simulator.codec import decode, encode
from simulator.mls.external_proposal import propose_as_external_sender, propose_own_add
from simulator.mls.framing import ExternalSender, NewMemberProposalSender, PublicMessage
from simulator.mls.message import MLSMessage
from simulator.mls.proposals import Add, Remove
from tests.mls.room import SERVICE, Person, Room, external_senders

NAMES = ("alice", "bob", "carol")
SECOND = Person("second service")


def test_a_listed_sender_proposes_by_its_index() -> None:
    room = Room.of(*NAMES, extensions=(external_senders(SERVICE, SECOND),))
    for index, sender in enumerate((SERVICE, SECOND)):
        private_key = sender.identity.signature_private_key
        message = propose_as_external_sender(room.service.context, index, private_key, Remove(1), b"aad")
        room.deliver(message)
        body = decode(MLSMessage, encode(message)).body
        assert isinstance(body, PublicMessage)
        assert (body.content.sender, body.content.authenticated_data) == (ExternalSender(index), b"aad")
        assert body.membership_tag is None
    room.commit("carol")
    assert sorted(room.groups) == ["alice", "carol"]


def test_a_newcomer_proposes_itself() -> None:
    room = Room.of(*NAMES)
    dave = room.person("dave")
    message = propose_own_add(room.service.context, dave.identity, dave.key_package())
    assert isinstance(message.body, PublicMessage)
    assert message.body.content.sender == NewMemberProposalSender()
    room.deliver(message)
    (stored,) = room.service.proposals.values()
    assert isinstance(stored.proposal, Add)
    room.commit("bob")
    room.commit("dave")


def test_a_proposal_for_a_past_epoch_is_too_late() -> None:
    room = Room.of(*NAMES, extensions=(external_senders(SERVICE),))
    message = propose_as_external_sender(room.service.context, 0, SERVICE.identity.signature_private_key, Remove(1))
    room.commit("alice")
    assert room.refused(message) == "wrong_epoch"
