import pytest

from simulator.rules import Enforcement, enforced_by
from simulator.services.refusal import Code, Refusal
from simulator.services.tokens.unnamed_requests import check_handed_out, check_requester
from tests.breaking import breaks

LEFT = {b"once": 1, b"last resort": 3}


def test_a_requester_is_named_or_a_token_pays() -> None:
    check_requester("mimi://a.example/u/alice", paid=False)
    check_requester("", paid=True)
    with breaks("PP-UNNAMED-1"), pytest.raises(Refusal) as caught:
        check_requester("", paid=False)
    assert caught.value.code is Code.malformed


@pytest.mark.parametrize("references", [[], [b"once"], [b"once", b"last resort"], [b"last resort"] * 3])
def test_what_was_handed_out_is_used_as_often(references: list[bytes]) -> None:
    used = check_handed_out(references, LEFT)
    assert dict(used) == {each: references.count(each) for each in references}


@pytest.mark.parametrize("references", [[b"once", b"once"], [b"last resort"] * 4, [b"once", b"never"]])
def test_more_often_or_never_handed_out(references: list[bytes]) -> None:
    with breaks("PP-UNNAMED-3"), pytest.raises(Refusal) as caught:
        check_handed_out(references, LEFT)
    assert caught.value.code is Code.not_authorized
    with enforced_by(Enforcement({"PP-UNNAMED-3"})):
        assert check_handed_out(references, LEFT)
