"""Redemption contexts that follow from the time (RFC 9577 2.1.1.2): the same for all, and another in each window."""

import hmac

from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """One of the equal spans of time that a period divides time into, from the beginning of 1970."""

    period: int
    """In seconds."""
    number: int

    @property
    def end(self) -> int:
        """When the next one begins, in Unix seconds."""
        return (self.number + 1) * self.period

    @property
    def before(self) -> "Window":
        """The last one."""
        return Window(self.period, self.number - 1)

    @property
    def octets(self) -> bytes:
        """Its number in 8 octets; the window before the first, which began before 1970, has one too."""
        return self.number.to_bytes(8, "big", signed=True)


def window(period: int, now: int) -> Window:
    """The window that a moment is in; `now` is in Unix seconds."""
    return Window(period, now // period)


def redemption_context(key: bytes, window: Window) -> bytes:
    """The context of an origin's challenges in a window, by its context key of 32 octets."""
    return hmac.digest(key, window.octets, "sha256")
