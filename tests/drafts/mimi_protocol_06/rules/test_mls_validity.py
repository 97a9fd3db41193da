"""What MLS refuses becomes the reason that the hub gives."""

import pytest

from simulator.drafts.mimi_protocol_06.result_codes import InvalidProposals
from simulator.drafts.mimi_protocol_06.rules.mls_validity import (
    proposal_rule,
    reference_of,
    valid,
    valid_proposal,
)
from simulator.mls import errors
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.services.refusal import Code, Refusal, rule
from tests.drafts.mimi_protocol_06.hub import Hub

RULE = rule("ID", Code.invalid_commit, "section")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.InvalidCommit, Code.invalid_commit),
        (errors.InvalidSignature, Code.invalid_commit),
        (errors.InvalidProposal, Code.invalid_proposal),
        (errors.InvalidLeafNode, Code.invalid_leaf_node),
        (errors.InvalidGroupInfo, Code.invalid_group_info),
    ],
)
def test_the_reason_is_what_is_wrong(kind: type[errors.MLSError], code: Code) -> None:
    def fail() -> None:
        raise kind("slug", "RFC 9420 1", "it is wrong")

    with pytest.raises(Refusal) as caught:
        valid(RULE, fail)
    assert (caught.value.code, caught.value.section, caught.value.rules[-1]) == (code, "RFC 9420 1", "ID")


def test_a_bad_proposal_is_named_by_its_reference() -> None:
    def fail() -> None:
        raise errors.InvalidSignature("slug", "RFC 9420 1", "it is wrong")

    with pytest.raises(InvalidProposals) as caught:
        valid_proposal(proposal_rule("ID", part="PART"), b"reference", fail)
    assert caught.value.references == (b"reference",)
    assert caught.value.rules[-2:] == ("ID/PART", "ID")


def test_what_is_right_is_yielded(room: Hub) -> None:
    assert valid(RULE, lambda: 7) == valid_proposal(proposal_rule("ID"), b"", lambda: 7) == 7
    bob = room.member("bob.phone@b")
    (message,) = bob.propose(SelfRemove())
    assert list(bob.group.public.proposals) == [reference_of(message.body, bob.group.public)]
