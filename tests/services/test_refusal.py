"""How a refusal reads."""

import pytest

from simulator.rules import check
from simulator.services.refusal import COMMON, Code, Refusal, rule


def test_it_names_operation_group_rule_and_section() -> None:
    bare = Refusal(Code.wrong_epoch, "epoch 4 is over, the group is at 5", "RFC 9420 section 14", current_epoch=5)
    assert str(bare) == "epoch 4 is over, the group is at 5"
    named = bare.named("add_users", "a.example", "mimi://a.example/g/1")
    assert str(named) == (
        "add_users in mimi://a.example/g/1 rejected by a.example: epoch 4 is over, the group is at 5 "
        "(wrong_epoch, RFC 9420 section 14)"
    )
    assert (named.code, named.current_epoch, named.retry_after) == (Code.wrong_epoch, 5, None)
    assert (
        str(Refusal(Code.internal, "it failed").named("x", "a.example"))
        == "x rejected by a.example: it failed (internal)"
    )


def test_what_is_named_stays_named() -> None:
    named = Refusal(Code.malformed, "why").named("add_users", "a.example", "group")
    assert str(named.named("other", "b.example", "another")) == str(named)


def test_a_peer_that_says_nothing_still_has_a_code() -> None:
    assert str(Refusal(Code.internal, "")) == "internal"


def test_a_rule_refuses_with_its_code_section_and_requirement() -> None:
    epoch = rule("P-4-ONE-COMMIT", Code.wrong_epoch, "RFC 9420 section 14")
    with pytest.raises(Refusal) as caught:
        check(epoch, False, "epoch 4 is over", current_epoch=5)
    named = caught.value.named("add_users", "a.example")
    assert (named.code, named.section, named.current_epoch) == (Code.wrong_epoch, "RFC 9420 section 14", 5)
    assert named.requirement == "P-4-ONE-COMMIT"


def test_a_code_is_its_word_and_a_draft_may_have_more() -> None:
    own = Code("no_consent", final=True)
    assert (own, f"{own}", own.final) == ("no_consent", "no_consent", True)
    assert {code for code in COMMON if code.final} == {
        "malformed",
        "unsupported_version",
        "unsupported_operation",
        "not_authorized",
    }
    assert own not in COMMON
