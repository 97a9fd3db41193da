"""What answers say that are no success."""

from simulator.drafts import DRAFTS
from simulator.net import HTTPReply
from simulator.scenario.running.answers import OtherAnswer, refused
from simulator.scenario.running.context import Answered
from simulator.services.refusal import Code, Refusal

DRAFT = DRAFTS[0]


def test_a_refusal_in_the_drafts_struct() -> None:
    reply = DRAFT.refuse(Refusal(Code.malformed, "that is nothing"), 404)
    found = refused(DRAFT, HTTPReply(reply.status, reply.headers, reply.body))
    assert isinstance(found, Answered)
    assert (found.code, found.rule, found.http) == (Code.malformed, "that is nothing", 404)


def test_anything_else_is_only_its_status() -> None:
    found = refused(DRAFT, HTTPReply(503, (), b"<html>"))
    assert isinstance(found, OtherAnswer)
    assert (found.http, str(found)) == (503, "HTTP 503, in no struct of the draft")
