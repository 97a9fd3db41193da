"""Among whom a user hides from an issuer that knows users by pseudonyms.

Users are put into crowds. Tokens are got in rounds, one for each of the crowd, so that whoever issues for one of them
alone gets nothing redeemed that he could know the user by.
"""

from collections.abc import Collection

from simulator.privacy_pass.errors import InvalidChallenge
from simulator.privacy_pass.holders import crowd_order, holder_pseudonym
from simulator.privacy_pass.redemption_context import Window
from simulator.privacy_pass.rule import OURS, rule
from simulator.rules import check

LARGE_ENOUGH = rule(
    InvalidChallenge,
    "CROWD-1",
    "crowd",
    "Nothing is redeemed under a key and challenge for which fewer users than a crowd has got tokens.",
    source=OURS,
)


def crowd_of(user: str, users: Collection[str], size: int, key: bytes) -> tuple[str, ...]:
    """The users (URIs) of somebody's crowd, by the provider's holder key: at least `size` (1 or more), or nobody where
    there are too few users. What is left over at the end belongs to the last crowd.
    """
    ordered = sorted(users, key=lambda each: crowd_order(key, each))
    crowds = len(ordered) // size
    if not crowds:
        return ()
    place = min(ordered.index(user) // size, crowds - 1)
    return tuple(ordered[place * size : None if place == crowds - 1 else (place + 1) * size])


def round_of(crowd: Collection[str], issuer: str, window: Window, key: bytes) -> tuple[tuple[str, bytes], ...]:
    """For whom tokens are asked for one after the other, and under which pseudonym: in the order of pseudonyms, which
    says nothing about for whom the round is.
    """
    named = [(user, holder_pseudonym(key, issuer, window, user)) for user in crowd]
    return tuple(sorted(named, key=lambda each: each[1]))


def check_crowd(holders: int, size: int) -> None:
    """Whether as many users as a crowd has got tokens under a key and challenge. Raises InvalidChallenge."""
    check(LARGE_ENOUGH, holders >= size, f"only {holders} users got a token under this key, a crowd has {size}")
