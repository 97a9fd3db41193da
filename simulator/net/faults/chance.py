"""Chance that comes again: it follows from what it is about, not from what was drawn before."""

from hashlib import sha256
from typing import Annotated

import msgspec

from simulator.net.client.attempt import Attempt

Rate = Annotated[float, msgspec.Meta(ge=0, le=1)]


def share(*said: object, of: bytes = b"") -> float:
    """From 0 to 1, without 1: evenly over different arguments, and the same for the same."""
    return int.from_bytes(sha256(repr(said).encode() + of).digest()[:7]) / 2**56


def of_attempt(attempt: Attempt, turn: int, question: str) -> float:
    """The same for a request, by its way and its bytes as they go there for the `turn`-th time."""
    route = attempt.route
    return share(question, route.sender, route.host, route.method, route.path, turn, of=attempt.body)
