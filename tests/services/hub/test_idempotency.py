"""Requests that were accepted are known by their digest, for as long as the policy says."""

from simulator.services.hub.idempotency import earlier_answer, is_repetition, remember
from tests.services.bench import Bench


def test_a_digest_is_known_until_the_window_is_over(bench: Bench) -> None:
    assert not is_repetition(b"first", bench.context)
    bench.do(lambda context: remember(b"first", context))
    bench.now += bench.policy.repetition_window
    bench.do(lambda context: remember(b"second", context))
    assert is_repetition(b"first", bench.context)
    bench.now += 1
    bench.do(lambda context: remember(b"third", context))
    assert [is_repetition(each, bench.context) for each in (b"first", b"second", b"third")] == [False, True, True]


def test_a_repetition_is_answered_as_the_first_was(bench: Bench) -> None:
    bench.do(lambda context: remember(b"first", context, b"at noon"))
    assert [earlier_answer(each, bench.context) for each in (b"first", b"second")] == [b"at noon", None]
