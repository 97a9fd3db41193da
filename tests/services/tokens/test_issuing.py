"""What an issuer writes down."""

from collections.abc import Iterator

import pytest

from simulator.codec import encode
from simulator.mls.crypto.randomness import SeededRand
from simulator.privacy_pass.directory import Per
from simulator.privacy_pass.issuance import TokenResponse, request_token
from simulator.privacy_pass.message_signature import Attestation
from simulator.services.refusal import Refusal
from simulator.services.service_context import ServiceContext
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.issuer_keys import LIFETIME
from simulator.services.tokens.issuing import counted, issue, present_keys, published, rotate
from simulator.storage import IssuedToken, Tally
from tests.services.bench import NOW, Bench

HOUR = 3600
BUDGET = IssuerBudget(Per.provider, 2, HOUR)
ASKER = Attestation("b.example", NOW, None, b"", b"")


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()


def asked(bench: Bench, asker: SeededRand) -> bytes:
    keys = bench.do(lambda context: present_keys(HOUR, context))
    return encode(request_token(b"d" * 32, keys[0].token_key, asker).request)


def issued(bench: Bench, body: bytes) -> TokenResponse:
    def do(context: ServiceContext) -> TokenResponse:
        return issue(ASKER, body, BUDGET, HOUR, context)

    return bench.do(do)


def test_a_key_is_made_once_and_replaced_when_it_is_old(bench: Bench) -> None:
    first = bench.do(lambda context: present_keys(HOUR, context))
    assert bench.do(lambda context: present_keys(HOUR, context)) == first
    bench.now += LIFETIME
    second = bench.do(lambda context: present_keys(HOUR, context))
    assert second[1:] == first
    bench.now += 2 * HOUR
    assert bench.do(lambda context: present_keys(HOUR, context)) == second[:1]


def test_a_key_can_be_replaced_before_its_time(bench: Bench) -> None:
    first = bench.do(lambda context: present_keys(HOUR, context))
    bench.do(lambda context: rotate(HOUR, context))
    listed = bench.do(lambda context: published(BUDGET, HOUR, context))
    assert [key.token_key for key in listed.keys][1:] == [key.token_key for key in first]


def test_a_repeated_request_is_answered_as_before_and_not_counted(bench: Bench) -> None:
    body = asked(bench, asker := SeededRand(1, "b.example"))
    first = issued(bench, body)
    assert issued(bench, body) == first
    issued(bench, asked(bench, asker))
    with pytest.raises(Refusal) as refused:
        issued(bench, asked(bench, asker))
    assert (refused.value.code, refused.value.retry_after) == ("rate_limited", HOUR)
    assert issued(bench, body) == first
    assert sum(bench.store.issued_tokens.counts("b.example").values()) == 2
    bench.now += HOUR
    issued(bench, asked(bench, asker))


def test_what_can_not_be_signed_is_not_counted(bench: Bench) -> None:
    with pytest.raises(Refusal) as refused:
        issued(bench, b"\0\2rubbish")
    assert refused.value.code == "malformed"
    assert bench.store.issued_tokens.counts("b.example") == {}


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        (BUDGET, "4 of 2 in window 7"),
        (IssuerBudget(Per.user, 5, HOUR), "2 of 5 in window 7"),
        (IssuerBudget(Per.user, 5, HOUR, most=9), "2 of 5 in window 7, 4 of 9 for the provider"),
    ],
)
def test_a_token_is_counted_against_its_budget(budget: IssuerBudget, said: str) -> None:
    row = IssuedToken(7, "b.example", b"h", b"d")
    assert counted(budget, Tally(3, 1, repeated=False), row) == said
