"""The hub of the benchmark stores the next epoch, and takes the same commit again in the one before."""

import pytest

from simulator.bench.hub import Hub
from simulator.bench.mls_groups import mixed_group
from simulator.bench.samples import Stopwatch

pytest.importorskip("mls_rs_uniffi")


def test_a_commit_that_adds_somebody_is_taken_and_stored_each_time() -> None:
    group, watch = mixed_group(5), Stopwatch()
    hub = Hub(group)
    for _ in range(2):
        assert hub.take(watch) == 1
        public = hub.stored()
        assert (public.epoch, len(public.members())) == (group.public.epoch + 1, 6)
    assert watch.cpu > 0
