"""What an origin writes down."""

from collections.abc import Iterator

import pytest

from simulator.privacy_pass.token import Token
from simulator.privacy_pass.www_authenticate import read_offers
from simulator.services.refusal import Refusal
from simulator.services.tokens import redeeming
from simulator.services.tokens.settings import TokenSettings
from simulator.storage import KeptAnswer
from tests.services.bench import Bench

HOUR = 3600
SETTINGS = TokenSettings(issuer="i.example", window=HOUR)
TOKEN = Token(2, b"n" * 32, b"c" * 32, b"k" * 32, b"a" * 256)
REQUEST, OTHER = b"r" * 32, b"o" * 32


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()


def spend(bench: Bench, token: Token = TOKEN) -> None:
    bench.do(lambda context: redeeming.spend(token, REQUEST, "lookup", SETTINGS, context))


def before(bench: Bench, request: bytes = REQUEST) -> KeptAnswer | None:
    return bench.do(lambda context: redeeming.answer_before(TOKEN, request, "lookup", context))


def test_all_get_the_same_challenge_in_a_window(bench: Bench) -> None:
    first = bench.do(lambda context: redeeming.challenges(SETTINGS, b"k", context))
    assert bench.do(lambda context: redeeming.challenges(SETTINGS, b"k", context)) == first
    (offer,) = read_offers(first).usable
    assert (offer.challenge.issuer, offer.challenge.origins) == ("i.example", ("ds.a.example",))
    bench.now += HOUR
    assert bench.do(lambda context: redeeming.challenges(SETTINGS, b"k", context)) != first


def test_without_another_issuer_a_provider_asks_for_its_own_tokens(bench: Bench) -> None:
    assert bench.do(lambda context: redeeming.origin(TokenSettings(), context)).issuer == "a.example"


def test_the_same_request_gets_the_answer_that_settled_it(bench: Bench) -> None:
    assert before(bench) is None
    spend(bench)
    assert before(bench) is None
    bench.do(lambda context: redeeming.settle(TOKEN, 503, b"later", context))
    assert before(bench) is None
    spend(bench)
    bench.do(lambda context: redeeming.settle(TOKEN, 200, b"answer", context))
    assert before(bench) == KeptAnswer(200, b"answer")
    assert bench.do(lambda context: redeeming.answered_meanwhile(TOKEN, context)) == KeptAnswer(200, b"answer")


def test_another_request_finds_the_token_spent(bench: Bench) -> None:
    spend(bench)
    with pytest.raises(Refusal) as refused:
        before(bench, OTHER)
    assert refused.value.code == "token_spent"


def test_a_token_is_forgotten_when_its_challenge_is_taken_no_more(bench: Bench) -> None:
    spend(bench)
    bench.now += 2 * HOUR
    spend(bench, Token(2, b"m" * 32, b"c" * 32, b"k" * 32, b"a" * 256))
    assert len(bench.store.spent_tokens) == 1


def test_what_is_paid_for_is_done_with_a_payment(bench: Bench) -> None:
    assert (bench.context.paid, redeeming.with_payment(bench.context).paid) == (False, True)
