import pytest

from simulator.privacy_pass.token import Token
from simulator.services.tokens.payments import Outcome, Payment, outcome

FIRST = Payment("alice", b"r" * 32, Token(2, b"n" * 32, b"c" * 32, b"k" * 32, bytes(256)))
SECOND = Payment(FIRST.user, FIRST.request, FIRST.token, tokens=2)


@pytest.mark.parametrize("status", [200, 400, 403, 404])
def test_an_answer_settles(status: int) -> None:
    assert outcome(FIRST, status, challenged=False) is Outcome.settled


@pytest.mark.parametrize("status", [None, 429, 500, 503])
@pytest.mark.parametrize("payment", [FIRST, SECOND])
def test_the_same_token_pays_again_where_nothing_came_of_it(status: int | None, payment: Payment) -> None:
    assert outcome(payment, status, challenged=False) is Outcome.repeat


def test_a_refused_token_is_gone_and_one_more_may_pay() -> None:
    assert outcome(FIRST, 401, challenged=True) is Outcome.replace
    assert outcome(SECOND, 401, challenged=True) is Outcome.refused


def test_a_401_about_something_else_settles() -> None:
    assert outcome(FIRST, 401, challenged=False) is Outcome.settled
