"""Problem details: what is written, and what can be read of what others write."""

import json

import pytest

from simulator.drafts.mimi_protocol_06 import refusals as made
from simulator.drafts.mimi_protocol_06.messages.key_material import KeyMaterialHead
from simulator.drafts.requests.endpoint import BadAnswer, HTTPRefusal, Reply
from simulator.rules import check
from simulator.services.refusal import Code, Refusal


def _problem(said: object, status: int = 400) -> Reply:
    return Reply(status, (("content-type", made.PROBLEM),), json.dumps(said).encode())


@pytest.mark.parametrize("code", list(made.STATUS))
def test_a_problem_says_its_code(code: Code) -> None:
    reply = made.REFUSALS.write(Refusal(code, "no", "PROTOCOL.md section 2"))
    assert reply.status == made.STATUS[code]
    assert reply.header("content-type") == "application/problem+json"
    said = json.loads(reply.body)
    assert (said["status"], said["detail"], said["code"]) == (reply.status, "no", str(code))
    assert said["title"]
    found = made.REFUSALS.read(reply)
    assert found is not None
    assert (found.code, found.rule) == (code, "no")
    assert made.REFUSALS.is_refusal(reply)


def test_status_and_headers_may_be_those_of_http_alone() -> None:
    refusal = HTTPRefusal(Code.unsupported_operation, "POST", status=405, headers=(("allow", "POST"),))
    reply = made.REFUSALS.write(refusal)
    assert (reply.status, reply.header("allow")) == (405, "POST")
    assert made.REFUSALS.write(Refusal(Code.wrong_epoch, "late")).status == 400, "no struct carries it here"


def test_when_to_try_again_is_a_header() -> None:
    reply = made.REFUSALS.write(Refusal(Code.rate_limited, "slower", retry_after=7))
    assert (reply.status, reply.header("retry-after")) == (429, "7")
    found = made.REFUSALS.read(reply)
    assert found is not None
    assert found.retry_after == 7


@pytest.mark.parametrize(("text", "seconds"), [("5", 5), ("9" * 30, 2**31), ("soon", None), ("", None), ("²", None)])
def test_only_numbers_of_seconds_are_waited(text: str, seconds: int | None) -> None:
    assert made.retry_after(Reply(503, (("retry-after", text),), b"")) == seconds


@pytest.mark.parametrize(
    "reply",
    [
        _problem({"detail": "no"}),
        _problem({"code": "odd"}),
        _problem({"code": ["malformed"]}),
        _problem(["malformed"]),
        Reply(400, (), b"no"),
        Reply(400, (), b"\xff"),
        Reply(400, (), b"[" * 100_000),
    ],
)
def test_what_says_no_code_is_a_refusal_that_nobody_can_read(reply: Reply) -> None:
    assert made.REFUSALS.is_refusal(reply)
    assert made.REFUSALS.read(reply) is None
    with pytest.raises(BadAnswer, match="HTTP 400 without a word why"):
        made.read_done(made.REFUSALS, reply, 201)


def test_a_success_has_its_status_and_is_no_refusal() -> None:
    done = made.succeed(status=201)
    assert (done.status, done.headers, done.body) == (201, (), b"")
    assert not made.REFUSALS.is_refusal(done)
    made.read_done(made.REFUSALS, done, 201)
    with pytest.raises(BadAnswer, match="HTTP 200, not 201"):
        made.read_done(made.REFUSALS, made.succeed(), 201)


def test_a_struct_in_an_answer_is_whole() -> None:
    struct = KeyMaterialHead(1, "r", "t", "")
    assert made.read_struct(made.REFUSALS, KeyMaterialHead, made.succeed(struct)) == struct
    for reply, words in (
        (Reply(200, (), b"\1"), "is no KeyMaterialHead"),
        (made.succeed(struct, 201), "HTTP 201, not 200"),
        (Reply(302, (), b""), "HTTP 302"),
    ):
        with pytest.raises(BadAnswer, match=words):
            made.read_struct(made.REFUSALS, KeyMaterialHead, reply)
    with pytest.raises(Refusal, match="no"):
        made.read_struct(made.REFUSALS, KeyMaterialHead, made.problem(Refusal(Code.internal, "no")))


def test_long_words_are_cut() -> None:
    refusal = made.REFUSALS.read(_problem({"code": "malformed", "detail": "x" * 5000}))
    assert refusal is not None
    assert len(refusal.rule) < 1100


def test_who_may_not_say_something_gets_403_wherever_that_is() -> None:
    with pytest.raises(HTTPRefusal) as caught:
        check(made.forbidden("P6-X"), holds=False, words="it may not")
    assert (caught.value.status, caught.value.code) == (403, Code.not_authorized)


def test_a_struct_carries_what_it_has_a_code_for() -> None:
    found = made.refusals(lambda r: b"no" if r.code == Code.not_authorized else None, lambda body: _read(body))
    reply = found.write(Refusal(Code.not_authorized, "no"))
    assert (reply.status, reply.body, reply.header("content-type")) == (200, b"no", made.OCTETS)
    assert found.is_refusal(reply)
    assert not found.is_refusal(Reply(200, (), b"yes"))
    assert found.write(Refusal(Code.malformed, "no")).status == 400
    assert found.write(HTTPRefusal(Code.not_authorized, "no", status=403)).status == 403


def _read(body: bytes) -> Refusal | None:
    return Refusal(Code.not_authorized, "no") if body == b"no" else None
