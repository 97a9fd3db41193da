"""Randomness as an argument.

MLS draws no randomness itself: whoever calls it passes a `Rand`. Every draw names its purpose, and each purpose
counts on its own, so one new draw somewhere leaves all draws for other purposes as they were.
"""

from collections import Counter
from hashlib import shake_256
from typing import Protocol


class Rand(Protocol):
    """A source of random bytes: `rand("reuse_guard", 4)`."""

    def __call__(self, purpose: str, n: int) -> bytes:
        """`n` fresh bytes for `purpose`."""
        ...


class SeededRand:
    """The bytes that SHAKE256 yields for (seed, actor, purpose, how often this purpose was asked before).

    Two actors of one seed share nothing. Never copy one: both copies would then draw the same bytes.
    """

    def __init__(self, seed: int | bytes, actor: str) -> None:
        self._prefix = _framed(_seed_bytes(seed)) + _framed(actor.encode())
        self._drawn: Counter[str] = Counter()

    def __call__(self, purpose: str, n: int) -> bytes:
        """`n` bytes that differ from every earlier draw."""
        count = self._drawn[purpose]
        self._drawn[purpose] += 1
        return shake_256(self._prefix + _framed(purpose.encode()) + count.to_bytes(8, "big")).digest(n)


def _seed_bytes(seed: int | bytes) -> bytes:
    """The kind of the seed is part of it: 1 and b"1" are different seeds."""
    return b"int" + str(seed).encode() if isinstance(seed, int) else b"raw" + seed


def _framed(part: bytes) -> bytes:
    """Length first, so that no two different lists of parts give the same input."""
    return len(part).to_bytes(8, "big") + part
