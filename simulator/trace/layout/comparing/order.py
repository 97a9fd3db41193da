"""What has moved in a list, told by the fewest of its items."""

from bisect import bisect_left
from collections.abc import Sequence

from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Move:
    """An item that stands elsewhere now: before the one that it stood behind, or the other way round."""

    item: str
    neighbour: str
    forward: bool
    """Whether it stands `before` the neighbour."""

    def __str__(self) -> str:
        return f"{self.item} {'before' if self.forward else 'after'} {self.neighbour}"


def moves(before: Sequence[str], after: Sequence[str]) -> tuple[Move, ...]:
    """The fewest moves that make of one order the other. Both have the same items, each once."""
    place = {item: index for index, item in enumerate(before)}
    kept = _longest_rising([place[item] for item in after])
    found = []
    for index, item in enumerate(after):
        if index in kept:
            continue
        following = next((each for each in after[index + 1 :] if place[each] < place[item]), None)
        if following is not None:
            found.append(Move(item, following, forward=True))
        else:
            previous = next(each for each in reversed(after[:index]) if place[each] > place[item])
            found.append(Move(item, previous, forward=False))
    return tuple(found)


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The places of a longest rising series in these numbers; of two that are as long, the one that ends lower."""
    ends: list[int] = []
    at: list[int] = []
    previous: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number)
        previous.append(at[length - 1] if length else -1)
        ends[length:] = [number, *ends[length + 1 :]]
        at[length:] = [index, *at[length + 1 :]]
    found, place = set[int](), at[-1] if at else -1
    while place >= 0:
        found.add(place)
        place = previous[place]
    return found
