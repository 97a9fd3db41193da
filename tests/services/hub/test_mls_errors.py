"""Every MLS error has a code."""

import pytest

from simulator.mls import errors
from simulator.services.hub.mls_errors import refused
from simulator.services.refusal import Code


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.InvalidSignature, Code.invalid_signature),
        (errors.InvalidCommit, Code.invalid_commit),
        (errors.InvalidUpdatePath, Code.invalid_commit),
        (errors.InvalidProposal, Code.invalid_proposal),
        (errors.InvalidKeyPackage, Code.invalid_proposal),
        (errors.InvalidLeafNode, Code.invalid_leaf_node),
        (errors.InvalidGroupInfo, Code.invalid_group_info),
        (errors.InvalidTree, Code.invalid_group_info),
        (errors.UnsupportedCipherSuite, Code.invalid_group_info),
        (errors.InvalidMessage, Code.malformed),
    ],
)
def test_the_code_follows_from_the_kind_and_the_reason_stays(kind: type[errors.MLSError], code: Code) -> None:
    refusal = refused(kind("slug", "RFC 9420 12.2", "the reason"), Code.malformed)
    assert (refusal.code, refusal.rule, refusal.section) == (code, "the reason", "RFC 9420 12.2")


def test_another_group_and_another_epoch() -> None:
    assert refused(errors.WrongGroup(b"1", b"2"), Code.malformed).code is Code.unknown_group
    refusal = refused(errors.WrongEpoch(5, 4), Code.malformed)
    assert (refusal.code, refusal.current_epoch) == (Code.wrong_epoch, 5)
    assert refusal.rule == "epoch 4 is over, the group is at 5"
