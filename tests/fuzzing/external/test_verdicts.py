"""What an answer comes to: its own failure, or what no draft has, is found; a word of HTTP's own is not."""

import pytest

from simulator.drafts import registry
from simulator.drafts.requests.endpoint import Reply
from simulator.fuzzing.external.verdicts import OddAnswer, ServerFailed, WronglyAccepted, judged
from simulator.services.refusal import Code, Refusal

ENDPOINT = next(row for row in registry.named("mimi-protocol-06").endpoints if row.name == "requestConsent")
OTHER = next(row for row in registry.named("mimi-transport-00").endpoints if row.name == "verification_key")
ASKED = "x of a at b"


def bare(status: int, body: bytes = b"<html>") -> Reply:
    return Reply(status, (), body)


@pytest.mark.parametrize("code", [Code.malformed, Code.rate_limited, Code.sender_unverifiable])
def test_a_refusal_is_as_it_should_be(code: Code) -> None:
    reply = OTHER.refusals.write(Refusal(code, "no"))
    assert judged(OTHER, reply, ASKED, cut_short=True, body_only=True) == f"{reply.status} {code}"


def test_a_success_is_one_unless_nobody_can_read_what_was_sent() -> None:
    good = Reply(ENDPOINT.success, (), b"")
    assert judged(ENDPOINT, good, ASKED, cut_short=False, body_only=True) == str(ENDPOINT.success)
    with pytest.raises(WronglyAccepted, match="HTTP 201 to x of a at b, though the body"):
        judged(ENDPOINT, good, ASKED, cut_short=True, body_only=True)


@pytest.mark.parametrize("status", [500, 502, 504, 599])
def test_its_own_failure_is_found_whatever_it_says(status: int) -> None:
    with pytest.raises(ServerFailed, match=f"HTTP {status}"):
        judged(ENDPOINT, bare(status), ASKED, cut_short=False, body_only=False)
    refusal = OTHER.refusals.write(Refusal(Code.malformed, "no"))
    with pytest.raises(ServerFailed, match=f"HTTP {status} to x of a at b, malformed: no"):
        judged(OTHER, Reply(status, refusal.headers, refusal.body), ASKED, cut_short=False, body_only=True)


def test_its_own_failure_in_the_drafts_words_is_one_too() -> None:
    with pytest.raises(ServerFailed, match="internal"):
        judged(OTHER, OTHER.refusals.write(Refusal(Code.internal, "oh")), ASKED, cut_short=False, body_only=True)


@pytest.mark.parametrize("status", [301, 404, 413, 415, 429, 503])
def test_words_of_http_are_enough(status: int) -> None:
    assert judged(ENDPOINT, bare(status), ASKED, cut_short=False, body_only=True) == f"{status} in HTTP's words"


def test_what_stands_before_a_server_may_refuse_a_path_but_no_body() -> None:
    assert judged(ENDPOINT, bare(400), ASKED, cut_short=False, body_only=False) == "400 in HTTP's words"
    with pytest.raises(OddAnswer, match="HTTP 400 to x of a at b"):
        judged(ENDPOINT, bare(400), ASKED, cut_short=False, body_only=True)


@pytest.mark.parametrize("status", [200, 204, 401, 403, 422])
def test_anything_else_is_odd(status: int) -> None:
    with pytest.raises(OddAnswer):
        judged(ENDPOINT, bare(status), ASKED, cut_short=False, body_only=False)
