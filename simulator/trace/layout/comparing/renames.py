"""What has another name in the later layout, found by what it is made of."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")

ALIKE = 0.6
"""Which share of all parts two things must have in common to be taken for one."""


def renamed(before: Mapping[str, T], after: Mapping[str, T], parts: Callable[[T], Iterable[str]]) -> dict[str, str]:
    """The new name by the old one, of what is in `before` only and very like something that is in `after` only."""
    gone = {name: Counter(parts(each)) for name, each in before.items() if name not in after}
    new = {name: Counter(parts(each)) for name, each in after.items() if name not in before}
    having: dict[str, list[str]] = {}
    for name, of_it in new.items():
        for part in of_it:
            having.setdefault(part, []).append(name)
    pairs = sorted(
        (-_likeness(of_it, new[other]), name, other)
        for name, of_it in gone.items()
        for other in dict.fromkeys(each for part in of_it for each in having.get(part, ()))
    )
    found: dict[str, str] = {}
    taken = set[str]()
    for unlike, name, other in pairs:
        if -unlike >= ALIKE and name not in found and other not in taken:
            found[name] = other
            taken.add(other)
    return found


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return (one & other).total() / ((one | other).total() or 1)
