"""Proposals from outside."""

from simulator.codec import decode, encode
from simulator.fuzzing.whole_group import SERVICE, Person, WholeGroup, external_senders
from simulator.mls.framing.framing import ExternalSender, NewMemberProposalSender, PublicMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.proposals.external_proposal import propose_as_external_sender, propose_own_add
from simulator.mls.proposals.proposals import Add, Remove
from tests.breaking import breaks

NAMES = ("alice", "bob", "carol")
SECOND = Person("second service")


@breaks("RFC9420-12.2-DUPLICATE-TARGET/MEMBER")
def test_a_listed_sender_proposes_by_its_index() -> None:
    whole = WholeGroup.of(*NAMES, extensions=(external_senders(SERVICE, SECOND),))
    for index, sender in enumerate((SERVICE, SECOND)):
        private_key = sender.identity.signature_private_key
        message = propose_as_external_sender(whole.service.context, index, private_key, Remove(1), b"aad")
        whole.deliver(message)
        body = decode(MLSMessage, encode(message)).body
        assert isinstance(body, PublicMessage)
        assert (body.content.sender, body.content.authenticated_data) == (ExternalSender(index), b"aad")
        assert body.membership_tag is None
    whole.commit("carol")
    assert sorted(whole.groups) == ["alice", "carol"]


def test_a_newcomer_proposes_itself() -> None:
    whole = WholeGroup.of(*NAMES)
    dave = whole.person("dave")
    message = propose_own_add(whole.service.context, dave.identity, dave.key_package())
    assert isinstance(message.body, PublicMessage)
    assert message.body.content.sender == NewMemberProposalSender()
    whole.deliver(message)
    (stored,) = whole.service.proposals.values()
    assert isinstance(stored.proposal, Add)
    whole.commit("bob")
    whole.commit("dave")


def test_a_proposal_for_a_past_epoch_is_too_late() -> None:
    whole = WholeGroup.of(*NAMES, extensions=(external_senders(SERVICE),))
    message = propose_as_external_sender(whole.service.context, 0, SERVICE.identity.signature_private_key, Remove(1))
    whole.commit("alice")
    assert whole.refused(message) == "wrong_epoch"
