"""Failures by cause."""

from simulator.sweep.page.failure_groups import failure_groups
from tests.sweep.page.rows import ROWS, row

AXES = ("scenario", "draft", "providers")


def test_the_most_frequent_first_with_the_first_of_each() -> None:
    other = {**row("a", 3, 9, 1, failed=True), "cause": "connect: …"}
    again = row("a", 3, 7, 1, failed=True)
    first, second = failure_groups((other, *ROWS, again), AXES)
    assert (first.cause, len(first.rows), first.first["seed"]) == ("send: …", 2, 1)
    assert (first.expectation, first.rules, first.where) == ("requests", "R-1", "a in b, a in a")
    assert (second.cause, second.first["seed"]) == ("connect: …", 9)


def test_many_places_are_counted() -> None:
    rows = [row(draft, 3, 1, 1, failed=True) for draft in "abcdef"]
    assert failure_groups(rows, AXES)[0].where == "a in a, a in b, a in c, a in d and 2 more"
