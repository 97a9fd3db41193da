"""What an asker writes down."""

from collections.abc import Iterator

import pytest

from simulator.privacy_pass.challenge import challenge_digest, token_challenge
from simulator.privacy_pass.errors import InvalidChallenge
from simulator.privacy_pass.following import AskedOrigin
from simulator.privacy_pass.issuance import PendingToken
from simulator.privacy_pass.token import Token
from simulator.privacy_pass.www_authenticate import ChallengeOffer
from simulator.services.refusal import Refusal
from simulator.services.tokens import paying
from simulator.services.tokens.allowances import Allowance
from simulator.services.tokens.payments import Outcome
from simulator.services.tokens.settings import TokenSettings
from simulator.storage import KnownChallenge, Payment, WalletToken
from tests.privacy_pass.issuer_keys import token_key
from tests.services.bench import NOW, Bench

HOST, HOUR = "ds.b.example", 3600
CHALLENGE = token_challenge("b.example", b"1" * 32, HOST)
KNOWN = KnownChallenge(HOST, CHALLENGE, None, NOW + HOUR)
SETTINGS = TokenSettings(allowance=Allowance(1, HOUR), crowd=2)
REQUEST = b"r" * 32


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()


def token(nonce: int) -> Token:
    return Token(2, bytes([nonce]) * 32, challenge_digest(CHALLENGE), b"k" * 32, b"a" * 256)


def keep(bench: Bench, nonce: int, holder: str | None = None) -> WalletToken:
    bench.do(lambda context: paying.keep(KNOWN, "b.example", token(nonce), holder, context))
    return WalletToken(HOST, "b.example", token(nonce), holder, KNOWN.until)


def pay(bench: Bench, found: WalletToken, user: str = "alice") -> Payment:
    return bench.do(lambda context: paying.pay(found, user, REQUEST, 1, SETTINGS, context))


def test_a_token_leaves_the_wallet_with_the_payment_that_is_written(bench: Bench) -> None:
    kept = keep(bench, 1)
    assert bench.do(lambda context: paying.presentable_token(KNOWN, None, context)) == kept
    payment = pay(bench, kept)
    assert bench.do(lambda context: paying.presentable_token(KNOWN, None, context)) is None
    assert bench.do(lambda context: paying.paid_before("alice", REQUEST, "lookup", context)) == payment
    assert bench.do(lambda context: paying.settle_payment(payment, 503, False, context)) is Outcome.repeat
    assert bench.do(lambda context: paying.settle_payment(payment, 200, False, context)) is Outcome.settled
    assert bench.do(lambda context: paying.paid_before("alice", REQUEST, "lookup", context)) is None


def test_a_payment_outlives_its_challenge_until_nobody_repeats_the_request(bench: Bench) -> None:
    """An origin answers a repetition in the next window, too; another token would cost twice."""
    payment = pay(bench, keep(bench, 1))
    bench.now = KNOWN.until
    keep(bench, 2)
    assert bench.do(lambda context: paying.paid_before("alice", REQUEST, "lookup", context)) == payment
    bench.now = KNOWN.until + bench.policy.repetition_window
    keep(bench, 3)
    assert bench.do(lambda context: paying.paid_before("alice", REQUEST, "lookup", context)) is None


def test_a_user_has_an_allowance_at_each_origin(bench: Bench) -> None:
    pay(bench, keep(bench, 1))
    with pytest.raises(Refusal) as refused:
        bench.do(lambda context: paying.check_granted("alice", HOST, SETTINGS, context))
    assert refused.value.code == "rate_limited"
    bench.do(lambda context: paying.check_granted("bert", HOST, SETTINGS, context))
    bench.do(lambda context: paying.check_granted("alice", "ds.c.example", SETTINGS, context))
    bench.do(lambda context: paying.check_granted("alice", HOST, TokenSettings(), context))


def test_nothing_is_presented_that_too_few_users_have(bench: Bench) -> None:
    alone = keep(bench, 1, "alice")
    with pytest.raises(InvalidChallenge):
        pay(bench, alone)
    keep(bench, 2, "bert")
    assert pay(bench, alone).token == token(1)


def test_one_challenge_is_followed_at_a_time(bench: Bench) -> None:
    asked = AskedOrigin(HOST, "b.example")
    offer = ChallengeOffer(CHALLENGE, None, HOUR)
    known = bench.do(lambda context: paying.follow(offer, asked, SETTINGS, context.elapsed, context))
    assert known == KNOWN
    bench.do(lambda context: context.store.known_challenges.put(known))
    assert bench.do(lambda context: paying.known_challenge(HOST, context)) == KNOWN
    other = ChallengeOffer(token_challenge("b.example", b"2" * 32, HOST), None, HOUR)
    with pytest.raises(InvalidChallenge):
        bench.do(lambda context: paying.follow(other, asked, SETTINGS, context.elapsed, context))
    bench.now += HOUR
    assert bench.do(lambda context: paying.known_challenge(HOST, context)) is None
    bench.do(lambda context: paying.follow(other, asked, SETTINGS, context.elapsed, context))


def test_a_holder_key_is_made_once(bench: Bench) -> None:
    assert bench.do(paying.holder_key) == bench.do(paying.holder_key)


def test_what_did_not_come_is_asked_for_again_until_it_is_given_up_or_over(bench: Bench) -> None:
    def asked(holder: str | None = None) -> PendingToken:
        return bench.do(lambda context: paying.pending_token(KNOWN, token_key(), holder, context))

    first = asked()
    assert asked() == first
    assert asked("alice") != first
    bench.do(lambda context: paying.give_up(first, None, context))
    assert (second := asked()) != first
    bench.do(lambda context: context.store.pending_tokens.forget(KNOWN.until))
    assert asked() not in (first, second)
