"""What has another name in the later layout, found by what it is made of."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

ALIKE = 0.6
"""Which share of all parts two things must have in common to be taken for one."""
MOST_PAIRS = 10_000
"""How many pairs are looked at that are not the same: layouts of strangers may have any number of things."""


def renamed(before: Mapping[str, T], after: Mapping[str, T], parts: Callable[[T], Iterable[str]]) -> dict[str, str]:
    """The new name by the old one, of what is in `before` only and very like something that is in `after` only."""
    gone = {name: Counter(parts(each)) for name, each in before.items() if name not in after}
    new = {name: Counter(parts(each)) for name, each in after.items() if name not in before}
    found = _the_same(gone, new)
    taken = set(found.values())
    left = {name: each for name, each in gone.items() if name not in found}
    pairs = islice(_in_common(left, {name: each for name, each in new.items() if name not in taken}), MOST_PAIRS)
    for unlike, name, other in sorted((-_likeness(gone[name], new[other]), name, other) for name, other in pairs):
        if -unlike >= ALIKE and name not in found and other not in taken:
            found[name] = other
            taken.add(other)
    return found


def _the_same(gone: Mapping[str, Counter[str]], new: Mapping[str, Counter[str]]) -> dict[str, str]:
    """Those that have exactly the same parts; where several have, by their names."""
    having: dict[frozenset[tuple[str, int]], list[str]] = {}
    for name in sorted(new, reverse=True):
        if new[name]:
            having.setdefault(frozenset(new[name].items()), []).append(name)
    found: dict[str, str] = {}
    for name in sorted(gone):
        others = having.get(frozenset(gone[name].items()))
        if others:
            found[name] = others.pop()
    return found


def _in_common(gone: Mapping[str, Counter[str]], new: Mapping[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    """Those that have a part in common, each pair once."""
    having: dict[str, list[str]] = {}
    for name, of_it in new.items():
        for part in of_it:
            having.setdefault(part, []).append(name)
    for name, of_it in gone.items():
        for other in dict.fromkeys(each for part in of_it for each in having.get(part, ())):
            yield name, other


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return (one & other).total() / ((one | other).total() or 1)
