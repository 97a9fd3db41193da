"""Where other providers are."""

import pytest

from simulator.services import discovery
from simulator.services.refusal import Code
from simulator.services.results import DSHost
from tests.services.bench import Bench


@pytest.mark.parametrize("host", ["a.example", "ds.a.example"])
def test_nobody_elses_ds_host_is_ours(bench: Bench, host: str) -> None:
    bench.refuses(Code.sender_unverifiable, lambda context: discovery.learn("b.example", DSHost(host, 60), context))
    assert bench.do(lambda context: discovery.known("b.example", context)) is None


def test_we_know_where_we_are(bench: Bench) -> None:
    assert bench.do(lambda context: discovery.known("a.example", context)) == "ds.a.example"


def test_a_ds_host_is_remembered_as_long_as_it_says(bench: Bench) -> None:
    def known() -> str | None:
        return bench.do(lambda context: discovery.known("b.example", context))

    assert known() is None
    bench.do(lambda context: discovery.learn("b.example", DSHost("ds.b.example", 0), context))
    assert known() is None
    bench.do(lambda context: discovery.learn("b.example", DSHost("ds.b.example", 60), context))
    bench.now += 59
    assert known() == "ds.b.example"
    bench.now += 1
    assert known() is None
    bench.do(lambda context: discovery.learn("b.example", DSHost("ds.b.example", 10**30), context))
    bench.now += bench.policy.ds_host_max_age - 1
    assert known() == "ds.b.example"
    bench.now += 1
    assert known() is None


def test_for_how_long_it_is_remembered_is_counted_whatever_our_clock_says(bench: Bench) -> None:
    bench.ahead = 10 * 24 * 3600
    bench.do(lambda context: discovery.learn("b.example", DSHost("ds.b.example", 3600), context))
    bench.ahead = 0
    bench.now += 3599
    assert bench.do(lambda context: discovery.known("b.example", context)) == "ds.b.example"
    bench.now += 1
    assert bench.do(lambda context: discovery.known("b.example", context)) is None
