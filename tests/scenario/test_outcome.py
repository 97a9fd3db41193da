"""A step ends as its outcome says, or fails."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from simulator.errors import SimulatorError
from simulator.net import TLSRefused, Unreachable
from simulator.scenario.outcome import Outcome
from simulator.scenario.running.answers import OtherAnswer
from simulator.scenario.running.context import Answered, Context
from simulator.scenario.step import Unmet
from simulator.services.refusal import Code, Refusal
from tests.federated import federation

REFUSED = Answered(Code.wrong_recipient, "this is for somebody else", 403)
OVER = Refusal(Code.wrong_epoch, "epoch 4 is over", current_epoch=5)
BUSY = OtherAnswer(503, "HTTP 503, in no struct of the draft", refused=True)
HANDSHAKE = TLSRefused("a.example", "https://ds.b.example", "certificate has expired")


@pytest.fixture
async def context() -> AsyncIterator[Context]:
    async with federation() as session:
        yield Context(session)


UNHEARD = Unreachable("a.example", "https://b.example", "down")


async def checked(outcome: Outcome, failure: Exception | None, context: Context) -> tuple[object, str]:
    async def action() -> str:
        if failure is not None:
            raise failure
        return "result"

    return await outcome.check(action, context)


@pytest.mark.parametrize(
    ("outcome", "failure"),
    [
        (Outcome(error=Code.wrong_recipient), REFUSED),
        (Outcome(http=403), REFUSED),
        (Outcome(error=Code.wrong_recipient, http=403), REFUSED),
        (Outcome(error=Code.wrong_epoch, http=409, current_epoch=5), OVER),
        (Outcome(http=503), BUSY),
        (Outcome(tls="expired"), HANDSHAKE),
        (Outcome(tls="Certificate"), HANDSHAKE),
        (Outcome(blocked="a.example"), REFUSED),
        (Outcome(blocked="a.example", http=403), REFUSED),
        (Outcome(blocked="a.example", error=Code.wrong_recipient), REFUSED),
        (Outcome(blocked="a.example"), BUSY),
        (Outcome(blocked="a.example", http=503), BUSY),
        (Outcome(blocked="a.example"), HANDSHAKE),
        (Outcome(blocked="a.example", tls="expired"), HANDSHAKE),
    ],
)
async def test_a_failure_that_has_to_come(context: Context, outcome: Outcome, failure: Exception) -> None:
    assert not outcome.success
    assert await checked(outcome, failure, context) == (None, str(failure))


@pytest.mark.parametrize(
    ("outcome", "failure"),
    [
        (Outcome(blocked="a.example"), None),
        (Outcome(blocked="a.example", http=404), REFUSED),
        (Outcome(blocked="a.example", http=404), BUSY),
        (Outcome(blocked="a.example"), OtherAnswer(302, "HTTP 302")),
        (Outcome(blocked="a.example", error=Code.malformed), HANDSHAKE),
        (Outcome(succeeds="nobody looks"), REFUSED),
    ],
)
async def test_what_is_not_blocked_or_does_not_succeed(
    context: Context, outcome: Outcome, failure: Exception | None
) -> None:
    with pytest.raises(Unmet):
        await checked(outcome, failure, context)


async def test_who_gets_no_answer_is_not_blocked(context: Context) -> None:
    with pytest.raises(Unreachable):
        await checked(Outcome(blocked="a.example"), UNHEARD, context)


async def test_a_success_that_should_not_be(context: Context) -> None:
    outcome = Outcome(succeeds="nobody looks")
    assert outcome.success
    assert await checked(outcome, None, context) == ("result", "")
    assert outcome.attack == {"succeeds": "nobody looks"}
    assert Outcome(blocked="a.example").attack == {"blocked": "a.example"}
    assert Outcome(http=404).attack == {}


async def test_a_success_that_has_to_come(context: Context) -> None:
    assert Outcome().success
    assert await checked(Outcome(), None, context) == ("result", "")


async def test_the_status_of_a_success_is_compared(context: Context) -> None:
    async def answered() -> int:
        return 200

    assert await Outcome(http=200).check(answered, context) == (200, "")
    with pytest.raises(Unmet) as raised:
        await Outcome(http=201).check(answered, context)
    assert (raised.value.expected, raised.value.happened) == ("http 201", "HTTP 200")


@pytest.mark.parametrize(
    "given",
    [
        {"may_fail": True, "error": Code.malformed},
        {"tls": "expired", "http": 403},
        {"tls": "x", "may_fail": True},
        {"fails": "x", "tls": "y"},
    ],
)
def test_what_contradicts_itself(given: dict[str, Any]) -> None:
    with pytest.raises(SimulatorError):
        Outcome(**given)


@pytest.mark.parametrize(
    ("outcome", "failure", "expected", "happened"),
    [
        (Outcome(), REFUSED, "success", "403 wrong_recipient: this is for somebody else"),
        (Outcome(error=Code.malformed), REFUSED, "error malformed", "403 wrong_recipient: this is for somebody else"),
        (Outcome(http=401), REFUSED, "http 401", "403 wrong_recipient: this is for somebody else"),
        (Outcome(current_epoch=6, http=409), OVER, "http 409, current_epoch 6", "HTTP 409: epoch 4 is over"),
        (Outcome(tls="expired"), REFUSED, "tls expired", "403 wrong_recipient: this is for somebody else"),
        (Outcome(tls="name"), HANDSHAKE, "tls name", str(HANDSHAKE)),
        (Outcome(), HANDSHAKE, "success", str(HANDSHAKE)),
        (Outcome(http=200), OVER, "http 200", "HTTP 409: epoch 4 is over"),
        (Outcome(http=403), None, "http 403", "it succeeded"),
        (Outcome(current_epoch=5), None, "current_epoch 5", "it succeeded"),
        (Outcome(error=Code.malformed), None, "error malformed", "it succeeded"),
        (Outcome(tls="x"), None, "tls x", "it succeeded"),
        (Outcome(fails="x"), None, "fails x", "it succeeded"),
        (Outcome(fails="this is for"), REFUSED, "fails this is for", "403 wrong_recipient: this is for somebody else"),
        (Outcome(tls="down"), HANDSHAKE, "tls down", str(HANDSHAKE)),
    ],
)
async def test_anything_else_is_said(
    context: Context, outcome: Outcome, failure: Exception | None, expected: str, happened: str
) -> None:
    with pytest.raises(Unmet) as raised:
        await checked(outcome, failure, context)
    assert (raised.value.expected, raised.value.happened) == (expected, happened)


@pytest.mark.parametrize("failure", [HANDSHAKE, UNHEARD])
async def test_what_fails_without_a_refusal_says_why(context: Context, failure: SimulatorError) -> None:
    words = str(failure)[3:12].upper()
    assert await checked(Outcome(fails=words), failure, context) == (None, str(failure))
    with pytest.raises(type(failure) if failure is UNHEARD else Unmet):
        await checked(Outcome(fails="for another reason"), failure, context)


async def test_what_is_no_refusal_is_not_judged(context: Context) -> None:
    with pytest.raises(ZeroDivisionError):
        await checked(Outcome(error=Code.malformed), ZeroDivisionError(), context)


@pytest.mark.parametrize("failure", [None, REFUSED, HANDSHAKE, UNHEARD])
async def test_what_may_fail_may_also_work_out(context: Context, failure: Exception | None) -> None:
    result, words = await checked(Outcome(may_fail=True), failure, context)
    assert (result, words) == (("result", "") if failure is None else (None, str(failure)))


@pytest.mark.parametrize("failure", [Unmet("this", "that"), ValueError("a bug")])
async def test_what_may_fail_may_not_fail_like_that(context: Context, failure: Exception) -> None:
    with pytest.raises(type(failure)):
        await checked(Outcome(may_fail=True), failure, context)


@pytest.mark.parametrize("outcome", [Outcome(), Outcome(http=500), Outcome(http=503, error=Code.internal)])
async def test_an_answer_in_no_struct_is_only_its_status(context: Context, outcome: Outcome) -> None:
    with pytest.raises(Unmet, match="HTTP 503"):
        await checked(outcome, BUSY, context)
