"""The fewest moves from one order to another."""

import random

import pytest

from simulator.trace.layout.comparing.order import moves


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("abc", "abc", []),
        ("abc", "acb", ["c before b"]),
        ("abcd", "dabc", ["d before a"]),
        ("abcd", "bcda", ["a after d"]),
        ("abcd", "dbca", ["d before b", "a after c"]),
        ("", "", []),
    ],
)
def test_moves_are_told_by_a_neighbour(before: str, after: str, told: list[str]) -> None:
    assert [str(move) for move in moves(before, after)] == told


def test_every_move_is_true_and_there_are_some_where_anything_moved() -> None:
    chance = random.Random(13)
    for _ in range(500):
        before = [str(n) for n in range(chance.randrange(1, 9))]
        after = chance.sample(before, len(before))
        found = moves(before, after)
        assert bool(found) == (before != after)
        for move in found:
            now, was = after.index(move.item) < after.index(move.neighbour), before.index(move.item)
            assert now is move.forward
            assert (was < before.index(move.neighbour)) is not move.forward
