"""What is done at most once in a while, for each of many names. Kept in memory, so a restart forgives."""


class Cooldown:
    """`seconds` is the while. Names are forgotten when theirs is over."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds
        self._last: dict[str, int] = {}  # oldest first

    def allows(self, name: str, now: int) -> bool:
        """Whether it may be done now under this name; if so, it counts as done."""
        while self._last and next(iter(self._last.values())) + self._seconds <= now:
            del self._last[next(iter(self._last))]
        if name in self._last:
            return False
        self._last[name] = now
        return True

    def forget(self, name: str) -> None:
        """It was not done after all: it may be done now."""
        self._last.pop(name, None)

    def __len__(self) -> int:
        """How many names are remembered."""
        return len(self._last)
