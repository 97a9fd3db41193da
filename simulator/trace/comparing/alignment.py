"""Two lists beside each other: which items are the same, which are gone, which were added."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher


def paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """The items in their order, each with its place in both: None where it is gone or was added."""
    if old == new:
        return [(place, place) for place in range(len(old))]
    found: list[tuple[int | None, int | None]] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found += zip(range(a, b), range(c, d), strict=True)
        else:
            found += [(place, None) for place in range(a, b)] + [(None, place) for place in range(c, d)]
    return found


def unreached(pairs: Sequence[tuple[int | None, int | None]]) -> int:
    """How many items at the end of the first list have nobody beside them: where a run has stopped early, its steps."""
    return next((n for n, (_, after) in enumerate(reversed(pairs)) if after is not None), len(pairs))


def aligned(old: Sequence[str], new: Sequence[str]) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Which items are the same (places in both), which are gone and which were added."""
    found = paired(old, new)
    same = [(before, after) for before, after in found if before is not None and after is not None]
    gone = [before for before, after in found if before is not None and after is None]
    added = [after for before, after in found if after is not None and before is None]
    return same, gone, added


def count_steps(labels: Iterable[str]) -> int:
    """How many of these are labels of a scenario's steps: what happens before the first has no number."""
    return sum(label[:1].isdigit() for label in labels)


def unnumbered(label: str) -> str:
    """A step's label without its number: steps are aligned by what they do, so that one put in shifts no others."""
    number, _, rest = label.partition(" ")
    return rest if number.isdigit() else label
