"""Turns of streams that have something to send, whatever order they want."""

import pytest
from priority.priority import DeadlockError

from simulator.net.server.round_robin import RoundRobin


def test_streams_take_turns_while_they_have_something_to_send() -> None:
    fair_queue = RoundRobin()
    for stream in (1, 3, 5):
        fair_queue.insert_stream(stream)
        fair_queue.unblock(stream)
    assert [next(fair_queue) for _ in range(6)] == [1, 3, 5, 1, 3, 5]
    fair_queue.block(3)
    assert [next(fair_queue) for _ in range(3)] == [1, 5, 1]
    fair_queue.unblock(3)
    fair_queue.remove_stream(5)
    assert [next(fair_queue) for _ in range(4)] == [1, 3, 1, 3]


@pytest.mark.parametrize("ended", [False, True])
def test_none_can_send(ended: bool) -> None:
    fair_queue = RoundRobin()
    fair_queue.insert_stream(1)
    if ended:
        fair_queue.unblock(1)
        fair_queue.remove_stream(1)
        fair_queue.unblock(1)
        fair_queue.block(1)
    with pytest.raises(DeadlockError, match="no stream has anything"):
        next(fair_queue)


def test_a_stream_that_nobody_has_heard_of_gets_no_turn() -> None:
    fair_queue = RoundRobin()
    fair_queue.unblock(7)
    fair_queue.block(7)
    fair_queue.remove_stream(7)
    with pytest.raises(DeadlockError):
        next(fair_queue)
