"""Numbers of 64 bits that somebody else has said, as SQLite keeps them: its integers have a sign, so that half of those
numbers are larger than any of them.
"""

LARGEST = 2**63 - 1
"""The largest integer of SQLite."""

LATEST = LARGEST
"""The last second that can be kept, by whichever clock."""

_NUMBERS = 2**64


def moment(seconds: int) -> int:
    """A time to be kept; one that is later than LATEST is LATEST."""
    return min(seconds, LATEST)


def signed(number: int) -> int:
    """A uint64 to be kept: a large one as a negative number, so that no two are the same."""
    return number if number <= LARGEST else number - _NUMBERS


def unsigned(kept: int) -> int:
    """The uint64 that was kept as this."""
    return kept % _NUMBERS
