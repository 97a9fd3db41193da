"""Every MLS error has a code."""

import pytest

from simulator.mls import errors
from simulator.services.hub.mls_rules import mls_check
from simulator.services.refusal import Code, Refusal, rule

VALID = rule("R-VALID", Code.malformed, "a draft")


def refused(error: errors.MLSError) -> Refusal:
    def fails() -> None:
        raise error

    with pytest.raises(Refusal) as caught:
        mls_check(VALID, fails)
    assert caught.value.requirement == "R-VALID"
    assert caught.value.__cause__ is error
    return caught.value


def test_what_mls_lets_through_is_handed_on() -> None:
    assert mls_check(VALID, lambda: 5) == 5


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        (Code.invalid_signature, [errors.InvalidSignature]),
        (Code.invalid_commit, [errors.InvalidCommit, errors.InvalidUpdatePath]),
        (Code.invalid_proposal, [errors.InvalidProposal, errors.InvalidKeyPackage]),
        (Code.invalid_leaf_node, [errors.InvalidLeafNode]),
        (Code.invalid_group_info, [errors.InvalidGroupInfo, errors.InvalidTree, errors.UnsupportedCipherSuite]),
        (Code.malformed, [errors.InvalidMessage]),
    ],
)
def test_the_code_follows_from_the_kind_and_the_reason_stays(code: Code, kinds: list[type[errors.MLSError]]) -> None:
    for kind in kinds:
        refusal = refused(kind("slug", "RFC 9420 12.2", "the reason"))
        assert (refusal.code, refusal.rule, refusal.section) == (code, "the reason", "RFC 9420 12.2")


def test_another_group_and_another_epoch() -> None:
    assert refused(errors.WrongGroup(b"1", b"2")).code is Code.unknown_group
    refusal = refused(errors.WrongEpoch(5, 4))
    assert (refusal.code, refusal.current_epoch) == (Code.wrong_epoch, 5)
