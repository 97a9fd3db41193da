"""What answers say that are no success."""

from dataclasses import replace

import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.requests.endpoint import HTTPRefusal
from simulator.net import HTTPReply
from simulator.scenario.running.answers import OtherAnswer, check_answer
from simulator.scenario.running.context import Answered
from simulator.services.refusal import Code, Refusal

DRAFT = DRAFTS[0]


def test_a_refusal_in_the_drafts_struct() -> None:
    reply = DRAFT.refusals.write(HTTPRefusal(Code.malformed, "that is nothing", status=404))
    with pytest.raises(Answered) as found:
        check_answer(DRAFT.refusals, HTTPReply(reply.status, reply.headers, reply.body))
    assert (found.value.code, found.value.rule, found.value.http) == (Code.malformed, "that is nothing", 404)


def test_anything_else_is_only_its_status() -> None:
    with pytest.raises(OtherAnswer, match="HTTP 503, in no struct of the draft") as found:
        check_answer(DRAFT.refusals, HTTPReply(503, (), b"<html>"))
    assert found.value.http == 503


def test_a_success_says_nothing() -> None:
    check_answer(DRAFT.refusals, HTTPReply(200, (), b""))


def test_what_is_a_refusal_the_endpoint_says() -> None:
    at_200 = replace(DRAFT.refusals, is_refusal=lambda reply: reply.status == 200)
    reply = DRAFT.refusals.write(Refusal(Code.wrong_epoch, "too late", current_epoch=3))
    with pytest.raises(Answered, match="too late"):
        check_answer(at_200, HTTPReply(200, reply.headers, reply.body))
