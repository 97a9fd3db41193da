"""What a provider or a client decides by itself where nothing is refused: that something counts once, comes later or
again, or not at all. Little of it shows on the wire, so whoever watches is told, with the requirement that is followed.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from enum import StrEnum
from typing import TypeAlias

from simulator.dataclass import dataclass


class Kind(StrEnum):
    """What is decided: the kind of the event in a trace."""

    deduplicated = "Deduplicated"
    """The same message once more is not taken a second time."""
    answered_again = "AnsweredAgain"
    """The same request once more is answered as it was, and does nothing."""
    deferred = "Deferred"
    """A message is put aside until somebody has answered."""
    dropped = "Dropped"
    """Something that was kept is thrown away unread or unused."""
    postponed = "Postponed"
    """An attempt to deliver has failed, and there will be another."""
    undelivered = "Undelivered"
    """A message will never be delivered."""
    retried = "Retried"
    """What was in vain before is tried again now."""
    backed_off = "BackedOff"
    """A client could not ask a provider, or was told to ask later, and waits before it asks again."""
    not_asked = "NotAsked"
    """Somebody else is not asked: so soon again, or for what is there already."""
    gave_up = "GaveUp"
    """A client has tried for long enough, or sees no way that leads further."""
    expired = "Expired"
    """Something is not used any more, because its time is over."""
    issued = "Issued"
    """A token is issued (Privacy Pass)."""
    redeemed = "Redeemed"
    """A token pays for a request."""
    repeated = "Repeated"
    """A request that was paid for gets the answer that was kept, and does nothing."""
    issued_again = "IssuedAgain"
    """A token request that is repeated gets the answer that it got, and is not counted."""
    pays_again = "PaysAgain"
    """The same token pays once more for a request of which nothing came."""
    challenge_ignored = "ChallengeIgnored"
    """A challenge is not followed, by the rule in `details`."""
    key_rotated = "KeyRotated"
    """Another key is used from now on."""
    last_resort = "LastResort"
    """The KeyPackage of last resort is handed out: there is no other one."""


@dataclass(frozen=True, slots=True)
class Practice:
    """A way to decide that is always the same."""

    id: str
    """Its ID, where the draft that is spoken has no requirement that says the same (`Draft.practices`)."""
    kind: Kind
    text: str
    """What is done, on one line."""
    even_if_refused: bool = False
    """Whether it is worth telling where the request in which it was decided is refused: then nothing was changed."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that was decided. What is None, whoever tells it may know."""

    practice: Practice
    reason: str
    """Why just now, as a sentence for people."""
    operation: str | None = None
    group: str | None = None
    """The URI of the group it is about."""
    peer: str | None = None
    """The other party."""
    details: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Whatever else there is to say: `clients` (URIs), `again` (when the next attempt is), `rule`
    (the slug of what is broken), `nonce`, `key` and `holder` (hex; of a token)."""


Decided: TypeAlias = Callable[[Decision], None]
"""Somebody who is told."""


def told_nobody(decision: Decision) -> None:
    """The one who hears of decisions where nobody wants to."""
