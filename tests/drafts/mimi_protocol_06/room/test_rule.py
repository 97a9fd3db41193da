import pytest

from simulator.drafts.mimi_protocol_06.room.rule import POLICY_PAGE, policy_rule, room_rule
from simulator.mls.errors import InvalidCommit, InvalidWelcome
from simulator.rules import check
from simulator.services.refusal import Refusal


def test_what_members_reject_is_an_mls_error_of_any_kind() -> None:
    rule = room_rule("P6-5-X", "a page", slug="odd", part="A")
    for facts, kind in (({}, InvalidCommit), ({"kind": InvalidWelcome}, InvalidWelcome)):
        with pytest.raises(kind, match="is odd") as refused:
            check(rule, False, "this is odd", **facts)
        assert (refused.value.rule, refused.value.section, refused.value.rules) == (
            "odd",
            "a page",
            ("P6-5-X/A", "P6-5-X"),
        )


def test_what_only_the_hub_forbids_is_a_refusal() -> None:
    with pytest.raises(Refusal, match="may not") as refused:
        check(policy_rule("P6-6-X"), False, "alice may not")
    assert (refused.value.code, refused.value.section) == ("not_authorized", POLICY_PAGE)
