"""Rules 2, 3 and 4: who may send what, and whose key must have signed it."""

from simulator.fuzzing.whole_group import SERVICE, Person, WholeGroup, addition, external_senders, removal
from simulator.mls.commits.commit import Commit
from simulator.mls.extensions.extension import Extension, ExtensionType
from simulator.mls.framing import senders
from simulator.mls.framing.framing import (
    ApplicationData,
    ExternalSender,
    MemberSender,
    NewMemberCommitSender,
    NewMemberProposalSender,
)
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID
from simulator.mls.proposals.proposals import (
    Add,
    ExternalInit,
    GroupContextExtensions,
    PreSharedKey,
    ReInit,
    Remove,
    Update,
)
from tests.breaking import breaks
from tests.mls.frankenstein import forge, forge_commit

NAMES = ("alice", "bob", "carol")


def watched_group() -> WholeGroup:
    """A group with an external sender."""
    return WholeGroup.of(*NAMES, extensions=(external_senders(SERVICE),))


@breaks("RFC9420-6.1-BLANK-SENDER")
def test_a_blank_leaf_sends_nothing() -> None:
    whole = WholeGroup.of(*NAMES)
    message = forge(whole.groups["alice"], removal(whole, "bob"), sender=MemberSender(3))
    assert whole.refused(message) == "blank_sender"
    beyond_the_tree = forge(whole.groups["alice"], removal(whole, "bob"), sender=MemberSender(1000))
    assert whole.refused(beyond_the_tree) == "blank_sender"


def test_a_member_signs_with_the_key_in_its_own_leaf() -> None:
    whole = WholeGroup.of(*NAMES)
    message = forge(whole.groups["alice"], removal(whole, "bob"), sender=MemberSender(whole.index("carol")))
    assert whole.refused(message) == "invalid_signature"


def test_a_members_signature_covers_the_group_context() -> None:
    whole = WholeGroup.of(*NAMES)
    before = whole.groups["alice"].public.context
    whole.commit("bob")
    message = forge(whole.groups["alice"], removal(whole, "bob"), context=before)
    assert whole.refused(message) == "invalid_signature"


def test_an_external_senders_signature_does_not_cover_the_group_context() -> None:
    whole = watched_group()
    before = whole.groups["alice"].public.context
    whole.commit("bob")
    whole.deliver(
        forge(whole.groups["alice"], removal(whole, "bob"), sender=ExternalSender(0), signer=SERVICE, context=before)
    )
    assert len(whole.service.proposals) == 1


@breaks("RFC9420-12.1.8-EXTERNAL-SENDER-UNKNOWN")
def test_an_external_sender_must_be_listed() -> None:
    whole = watched_group()
    unlisted = forge(whole.groups["alice"], removal(whole, "bob"), sender=ExternalSender(1), signer=SERVICE)
    assert whole.refused(unlisted) == "external_sender_unknown"
    closed = WholeGroup.of(*NAMES)
    message = forge(closed.groups["alice"], removal(closed, "bob"), sender=ExternalSender(0), signer=SERVICE)
    assert closed.refused(message) == "external_sender_unknown"


def test_an_external_sender_signs_with_its_listed_key() -> None:
    whole = watched_group()
    message = forge(
        whole.groups["alice"], removal(whole, "bob"), sender=ExternalSender(0), signer=Person("somebody else")
    )
    assert whole.refused(message) == "invalid_signature"


@breaks("RFC9420-12.1.8-EXTERNAL-SENDER-PROPOSAL-TYPE")
def test_an_external_sender_proposes_only_what_it_may() -> None:
    whole = watched_group()
    alice = whole.groups["alice"]
    for proposal in (Update(alice.own_leaf), ExternalInit(b"kem output")):
        message = forge(alice, proposal, sender=ExternalSender(0), signer=SERVICE)
        assert whole.refused(message) == "external_sender_proposal_type"


def test_an_external_sender_may_propose_these() -> None:
    whole = watched_group()
    alice = whole.groups["alice"]
    context = alice.public.context
    proposals = (
        addition(whole, "dave"),
        removal(whole, "bob"),
        PreSharedKey(PreSharedKeyID(ExternalPSK(b"psk"), bytes(32))),
        ReInit(b"next", 1, 1, ()),
        GroupContextExtensions(context.extensions),
    )
    for proposal in proposals:
        whole.deliver(forge(alice, proposal, sender=ExternalSender(0), signer=SERVICE))
    assert [stored.proposal for stored in whole.service.proposals.values()] == list(proposals)


@breaks("RFC9420-6.1-EXTERNAL-SENDER-CONTENT")
def test_an_external_sender_can_only_propose() -> None:
    whole = watched_group()
    message = forge_commit(whole.groups["alice"], removal(whole, "bob"), sender=ExternalSender(0), signer=SERVICE)
    assert whole.refused(message) == "external_sender_content"


def test_application_data_is_never_public() -> None:
    whole = WholeGroup.of(*NAMES)
    assert whole.refused(forge(whole.groups["alice"], ApplicationData(b"hello"))) == "application_in_public"


def test_a_newcomer_proposes_only_its_own_add() -> None:
    whole = WholeGroup.of(*NAMES)
    dave = whole.person("dave")
    alice = whole.groups["alice"]
    removing = forge(alice, Remove(1), sender=NewMemberProposalSender(), signer=dave)
    with breaks("RFC9420-6.1-NEW-MEMBER-CONTENT/PROPOSAL"):
        assert whole.refused(removing) == "new_member_content"
    committing = forge(alice, Commit((), None), sender=NewMemberProposalSender(), signer=dave)
    assert whole.refused(committing) == "new_member_content"
    somebody_elses = forge(alice, Add(dave.key_package()), sender=NewMemberProposalSender(), signer=Person("eve"))
    assert whole.refused(somebody_elses) == "invalid_signature"


@breaks("RFC9420-6.1-NEW-MEMBER-CONTENT/COMMIT")
def test_a_joiner_can_only_commit() -> None:
    whole = WholeGroup.of(*NAMES)
    message = forge(whole.groups["alice"], addition(whole, "dave"), sender=NewMemberCommitSender())
    assert whole.refused(message) == "new_member_content"


def test_a_joiners_commit_has_a_path() -> None:
    whole = WholeGroup.of(*NAMES)
    message = forge_commit(
        whole.groups["alice"], ExternalInit(b"kem output"), sender=NewMemberCommitSender(), signer=whole.person("dave")
    )
    assert whole.refused(message) == "path_missing"


def test_who_may_propose_from_outside() -> None:
    listed = senders.external_senders(watched_group().groups["alice"].public.context.extensions)
    assert [sender.credential for sender in listed] == [SERVICE.identity.credential]
    assert senders.external_senders(()) == ()
    assert senders.external_senders((Extension(ExtensionType.external_senders, b"\x01"),)) == ()
