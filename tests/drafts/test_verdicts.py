"""What answers come to."""

import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.mimi_transport_00.errors import refuse
from simulator.drafts.verdicts import Verdicts
from simulator.services.refusal import COMMON, Code, Refusal

DRAFT = DRAFTS[0]


@pytest.mark.parametrize("code", COMMON)
@pytest.mark.parametrize("endpoint", ["group_operation", "verification_key", "/elsewhere", "ds_domain"])
def test_the_code_of_a_refusal_is_read_wherever_it_came_from(code: Code, endpoint: str) -> None:
    reply = refuse(Refusal(code, "no"))
    assert Verdicts(DRAFT).verdict(endpoint, reply.status, reply.headers, reply.body) == (True, str(code))


def test_rubbish_has_no_code() -> None:
    assert Verdicts(DRAFT).verdict("group_operation", 500, (), b"<html>") == (True, None)


def test_a_success_is_no_refusal() -> None:
    assert Verdicts(DRAFT).verdict("group_operation", 200, (), b"") == (False, None)
