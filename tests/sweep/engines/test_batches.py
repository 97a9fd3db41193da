"""How many tasks travel together follows from how long they take."""

import pytest

from simulator.sweep.engines.batches import BatchSize
from simulator.sweep.engines.tasks import Outcome


def size(workers: int, *seconds: float) -> int:
    """After tasks that took as long as this."""
    found = BatchSize()
    for each in seconds:
        found.ended(Outcome("key", seconds=each))
    return found.tasks(workers)


def test_one_by_one_until_something_is_known_of_them() -> None:
    assert size(2) == size(2, 0) == 1


@pytest.mark.parametrize(("seconds", "tasks"), [(0.1, 10), (0.3, 3), (60, 1), (0.00001, 64)])
def test_a_batch_takes_a_second_and_is_no_larger_than_a_bound(seconds: float, tasks: int) -> None:
    assert size(2, seconds) == size(2, seconds, seconds) == tasks


def test_of_many_workers_each_takes_longer_with_a_batch() -> None:
    assert [BatchSize().seconds(workers) for workers in (1, 50, 200, 10_000)] == [1, 1, 4, 10]
    assert size(200, 0.1) == 40


def test_it_follows_tasks_that_become_longer() -> None:
    sizes = [size(1, 0.02, *[1] * longer) for longer in (0, 1, 20)]
    assert sizes == [50, 5, 1]
