"""Token buckets."""

import pytest

from simulator.services.limits.rate_limit import MOST, TIDY, Limit, RateLimiter
from simulator.services.refusal import Code, Refusal, rule

KINDS = ("address", "group", "member", "provider")
RULES = {kind: rule(f"R-{kind.upper()}", Code.rate_limited, "a draft") for kind in KINDS}


def refused(limiter: RateLimiter, keys: tuple[str, ...], now: float) -> int | None:
    with pytest.raises(Refusal) as caught:
        limiter.take(keys, now, RULES)
    assert caught.value.code is Code.rate_limited
    return caught.value.retry_after


def test_without_limits_everything_passes() -> None:
    limiter = RateLimiter()
    for _ in range(1000):
        limiter.take(("address 1", "group g"), 0, RULES)


def test_a_burst_then_so_many_per_second() -> None:
    limiter = RateLimiter({"group": Limit(burst=2, per_second=0.5)})
    for _ in range(2):
        limiter.take(("group a",), 0, RULES)
    assert refused(limiter, ("group a",), 0) == 2
    assert refused(limiter, ("group a",), 1) == 1
    limiter.take(("group a",), 2, RULES)
    assert refused(limiter, ("group a",), 2) == 2
    limiter.take(("group b", "member x"), 0, RULES)


def test_a_bucket_never_holds_more_than_its_burst() -> None:
    limiter = RateLimiter({"group": Limit(burst=1, per_second=1)})
    limiter.take(("group a",), 0, RULES)
    limiter.take(("group a",), 1000, RULES)
    assert refused(limiter, ("group a",), 1000) == 1


def test_one_empty_bucket_leaves_the_others_as_they_are() -> None:
    limiter = RateLimiter({"group": Limit(1, 0.1), "address": Limit(2, 0.1)})
    limiter.take(("address x", "group a"), 0, RULES)
    assert refused(limiter, ("address x", "group a"), 0) == 10
    with pytest.raises(Refusal) as caught:
        limiter.take(("address x", "group a"), 0, RULES)
    assert caught.value.requirement == "R-GROUP"
    limiter.take(("address x", "group b"), 0, RULES)


def test_full_buckets_are_forgotten_once_there_are_many() -> None:
    limiter = RateLimiter({"group": Limit(1, 1)})
    for index in range(TIDY - 1):
        limiter.take((f"group {index}",), 0, RULES)
    assert len(limiter) == TIDY - 1
    limiter.take(("group last",), 0.5, RULES)
    assert len(limiter) == TIDY
    assert refused(limiter, ("group 0",), 0.5) == 1
    for index in range(TIDY, 2 * TIDY):
        limiter.take((f"group {index}",), 1, RULES)
    assert len(limiter) == TIDY + 1
    assert refused(limiter, ("group last",), 1) == 1


def test_names_without_end_do_not_cost_memory_without_end() -> None:
    limiter = RateLimiter({"group": Limit(burst=3, per_second=0.0001)})
    for _ in range(3):
        limiter.take(("group flooder",), 0, RULES)
    for index in range(2 * MOST):
        limiter.take((f"group {index}",), 0, RULES)
        assert len(limiter) <= MOST
    assert refused(limiter, ("group flooder",), 0) == 10_000, "who is worst off is forgotten last"


def test_a_clock_that_is_put_back_locks_nobody_out() -> None:
    limiter = RateLimiter({"provider": Limit(burst=2, per_second=1)})
    limiter.take(["provider a"], 1000, RULES)
    limiter.take(["provider a"], 0, RULES)
    with pytest.raises(Refusal) as refused:
        limiter.take(["provider a"], 0, RULES)
    assert refused.value.retry_after == 1
