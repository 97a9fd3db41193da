"""Turns of streams that have something to send, whatever order they want."""

import pytest
from priority.priority import DeadlockError

from simulator.net.round_robin import RoundRobin


def test_streams_take_turns_while_they_have_something_to_send() -> None:
    turns = RoundRobin()
    for stream in (1, 3, 5):
        turns.insert_stream(stream)
        turns.unblock(stream)
    assert [next(turns) for _ in range(6)] == [1, 3, 5, 1, 3, 5]
    turns.block(3)
    assert [next(turns) for _ in range(3)] == [1, 5, 1]
    turns.unblock(3)
    turns.remove_stream(5)
    assert [next(turns) for _ in range(4)] == [1, 3, 1, 3]


@pytest.mark.parametrize("ended", [False, True])
def test_none_can_send(ended: bool) -> None:
    turns = RoundRobin()
    turns.insert_stream(1)
    if ended:
        turns.unblock(1)
        turns.remove_stream(1)
        turns.unblock(1)
        turns.block(1)
    with pytest.raises(DeadlockError, match="no stream has anything"):
        next(turns)


def test_a_stream_that_nobody_has_heard_of_gets_no_turn() -> None:
    turns = RoundRobin()
    turns.unblock(7)
    turns.block(7)
    turns.remove_stream(7)
    with pytest.raises(DeadlockError):
        next(turns)
