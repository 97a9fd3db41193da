"""What an expectation says of sets and of many clients: all that differs, not the first."""

from collections import Counter
from collections.abc import Iterable

from simulator.scenario.step import Unmet


def difference(expected: Iterable[str], found: Iterable[str]) -> str:
    """`missing: a, b; unexpected: c`, in the order of each; nothing where both have the same, in whatever order."""
    wanted, there = Counter(expected), Counter(found)
    parts = (("missing", wanted - there), ("unexpected", there - wanted))
    return "; ".join(f"{word}: {', '.join(names.elements())}" for word, names in parts if names)


class Differences:
    """Collects what should have been and was not."""

    def __init__(self) -> None:
        self._found: list[tuple[str, str]] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, expected: str, happened: str) -> None:
        """Note one."""
        self._found.append((expected, happened))

    def raise_if_any(self) -> None:
        """Raise Unmet with all."""
        if self._found:
            expected, happened = (dict.fromkeys(each) for each in zip(*self._found, strict=True))
            raise Unmet("; ".join(expected), "; ".join(happened))
