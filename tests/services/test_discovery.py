"""Where other providers serve, and for how long that is remembered."""

from dataclasses import replace

import pytest

from simulator.services import discovery
from simulator.services.results import DiscoveryDocument
from tests.services.bench import Bench

CONTENT = b"whatever a draft makes of it"


def known(bench: Bench) -> bytes | None:
    return bench.do(lambda context: discovery.known("b.example", context))


def learn(bench: Bench, max_age: int) -> None:
    bench.do(lambda context: discovery.learn("b.example", DiscoveryDocument(CONTENT, max_age), context))


def test_a_document_is_remembered_as_long_as_it_says(bench: Bench) -> None:
    assert known(bench) is None
    learn(bench, 0)
    assert known(bench) is None
    learn(bench, 60)
    bench.now += 59
    assert known(bench) == CONTENT
    bench.now += 1
    assert known(bench) is None


def test_no_document_is_believed_for_ever(bench: Bench) -> None:
    learn(bench, 10**30)
    bench.now += bench.policy.discovery_max_age - 1
    assert known(bench) == CONTENT
    bench.now += 1
    assert known(bench) is None


def test_for_how_long_it_is_remembered_is_counted_whatever_our_clock_says(bench: Bench) -> None:
    bench.ahead = 10 * 24 * 3600
    learn(bench, 3600)
    bench.ahead = 0
    bench.now += 3599
    assert known(bench) == CONTENT
    bench.now += 1
    assert known(bench) is None


def test_what_is_forgotten_is_asked_again(bench: Bench) -> None:
    learn(bench, 60)
    bench.do(lambda context: discovery.forget("b.example", context))
    assert known(bench) is None


@pytest.mark.parametrize(
    ("host", "co_tenants", "ours"),
    [
        ("ds.b.example", (), False),
        ("ds.a.example", (), True),
        ("a.example", (), True),
        ("ds.a.example", ("b.example",), False),
        ("ds.a.example", ("c.example",), True),
        ("a.example", ("b.example",), True),
    ],
)
def test_only_who_shares_our_host_may_name_it(bench: Bench, host: str, co_tenants: tuple[str, ...], ours: bool) -> None:
    context = replace(bench.context, co_tenants=frozenset(co_tenants))
    assert discovery.is_ours(host, "b.example", context) is ours
