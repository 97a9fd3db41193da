"""Two of ours and two of mls-rs in one group: each operation, and all go on together."""

import pytest

pytest.importorskip("mls_rs_uniffi")

from simulator.bench.mls_groups import AT_ONCE, MixedGroup
from simulator.bench.rows.mls import OPERATIONS
from simulator.bench.samples import Stopwatch


def test_each_operation_is_done_and_timed_and_all_stay_in_one_epoch() -> None:
    group = MixedGroup(6)
    for name, _, ours, theirs in OPERATIONS:
        for operation in (ours, theirs):
            watch = Stopwatch()
            assert operation(group, watch) >= 1, name
            assert watch.cpu > 0
    assert group.public.public.context.epoch == 5, "two joined externally, theirs committed twice"
    assert group.commit_that_adds().welcomes


def test_more_is_sealed_than_a_receiver_may_skip_and_opened_in_order() -> None:
    group = MixedGroup(4)
    for _ in range(1100 // AT_ONCE):
        group.we_seal(Stopwatch())
        group.they_seal(Stopwatch())
    assert group.we_open(Stopwatch()) == group.they_open(Stopwatch()) == AT_ONCE
