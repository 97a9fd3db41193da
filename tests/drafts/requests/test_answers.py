import pytest

from simulator.drafts.requests.answers import AS_ASKED, as_asked
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.rules import Enforcement, enforced_by
from simulator.services.results import Done, NewGroupId
from tests.breaking import breaks


def test_what_was_asked_for_is_given_back() -> None:
    answer = NewGroupId(b"g")
    assert as_asked(answer, NewGroupId, "no group id") is answer


def test_anything_else_is_not_believed_whatever_is_waived() -> None:
    with (
        enforced_by(Enforcement({AS_ASKED.id})),
        breaks("ANSWER-AS-ASKED"),
        pytest.raises(BadAnswer, match="no group id"),
    ):
        as_asked(Done(), NewGroupId, "no group id")
