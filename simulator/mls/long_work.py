"""Long work in steps, so that whoever has it done may do something else in between.

How much there is to check of a group from outside is chosen by whoever made it. The work is a generator: each `yield`
is a place to stop for a while, and what it returns is the result. A small group has no such place.
"""

from collections.abc import Generator
from typing import TypeAlias, TypeVar

T = TypeVar("T")

Steps: TypeAlias = Generator[None, None, T]

STRIDE = 8
"""Leaves, or parents, from one place to stop to the next: checking the signatures of so many leaves takes one or
two milliseconds."""


def pause(nodes: int) -> Steps[None]:
    """A place to stop, between two pieces of work that grow with a tree of so many nodes, if it is a large one."""
    if nodes > STRIDE:
        yield


def finish(steps: Steps[T]) -> T:
    """Do it all at once. Raises what the work raises."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            result: T = done.value
            return result
