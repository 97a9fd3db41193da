"""Which challenges a client follows: those that RFC 9577 lets it, and that give nobody away.

An origin, or its issuer, that shows a user a challenge or a key of his own knows him when he redeems. So a client
follows one challenge of an origin at a time, and takes keys only from the issuer's directory, which changes rarely, and
of which there is one copy for all users.
"""

from collections.abc import Collection

from simulator.dataclass import dataclass
from simulator.privacy_pass.challenge import TokenChallenge, challenge_digest, check_origin
from simulator.privacy_pass.directory import Directory
from simulator.privacy_pass.errors import InvalidChallenge
from simulator.privacy_pass.rule import OURS, rule
from simulator.privacy_pass.www_authenticate import ChallengeOffer
from simulator.rules import check

KNOWN_ISSUER = rule(
    InvalidChallenge,
    "CHALLENGE-8",
    "unknown_issuer",
    "The issuer of a challenge is the origin itself, or one that the client trusts.",
    source=OURS,
    part="ISSUER",
)
ONE_CHALLENGE = rule(
    InvalidChallenge,
    "CONSISTENCY-1",
    "one_challenge",
    "An origin has one challenge at a time, the same for all users.",
    source=OURS,
    part="ONE-CHALLENGE",
)
LISTED = rule(
    InvalidChallenge,
    "CONSISTENCY-2",
    "key_not_listed",
    "The key of a challenge is in the one copy of the issuer's directory that there is for all users.",
    source=OURS,
    part="LISTED",
)
STEADY = rule(
    InvalidChallenge,
    "CONSISTENCY-1",
    "restless_keys",
    "The keys of an issuer change once a day at most.",
    source=OURS,
    part="STEADY",
)

DAY = 86_400
RENEWAL = 60
"""The least time between two looks at a directory, in seconds."""


@dataclass(frozen=True, slots=True)
class AskedOrigin:
    """Whom a client has asked when it got a challenge."""

    host: str
    provider: str


@dataclass(frozen=True, slots=True)
class ShownChallenge:
    """The challenge of an origin that is not over; `until` in seconds, as the client counts them."""

    digest: bytes
    until: int


@dataclass(frozen=True, slots=True)
class KeptDirectory:
    """The copy of an issuer's directory; times in seconds, as the client counts them."""

    directory: Directory
    fetched: int
    until: int
    changes: tuple[int, ...] = ()
    """When its keys were seen to have changed, as far as that is not too long ago to matter."""

    def may_be_renewed(self, now: int) -> bool:
        """Whether it may be fetched again before it is over, for a key that it lacks or a request that failed."""
        return now - self.fetched >= RENEWAL


def renewed(kept: KeptDirectory | None, directory: Directory, max_age: int, now: int) -> KeptDirectory:
    """The copy after it was fetched."""
    changes = () if kept is None else tuple(at for at in kept.changes if at > now - DAY)
    if kept is not None and kept.directory.keys != directory.keys:
        changes = (*changes, now)[-2:]
    return KeptDirectory(directory, now, now + max_age, changes)


def check_offer(
    offer: ChallengeOffer, asked: AskedOrigin, trusts: Collection[str], shown: ShownChallenge | None, now: int
) -> None:
    """What is checked of a challenge without a look at the issuer's directory. Raises InvalidChallenge."""
    check_origin(offer.challenge, asked.host)
    issuer = offer.challenge.issuer
    known = issuer.lower() == asked.provider.lower() or issuer in trusts
    check(KNOWN_ISSUER, known, f"the issuer {issuer} is neither {asked.provider} nor trusted")
    if shown is not None and now < shown.until:
        same = challenge_digest(offer.challenge) == shown.digest
        check(ONE_CHALLENGE, same, f"{asked.host} has shown another challenge, which is not over")


def check_key(offer: ChallengeOffer, kept: KeptDirectory, now: int) -> None:
    """The rest. Raises InvalidChallenge. A challenge without a key leaves the choice to the directory."""
    issuer = offer.challenge.issuer
    if offer.token_key is not None:
        listed = kept.directory.lists(offer.token_key)
        check(LISTED, listed, f"the key of the challenge is not in the directory of {issuer}")
    changes = sum(at > now - DAY for at in kept.changes)
    check(STEADY, changes <= 1, f"the keys of {issuer} have changed {changes} times in a day")


def shown_from_now_on(challenge: TokenChallenge, max_age: int, now: int) -> ShownChallenge:
    """What an origin may not deviate from until the challenge is over.

    `now` is when the request was sent that it answers: the origin has not counted from an earlier moment.
    """
    return ShownChallenge(challenge_digest(challenge), now + max_age)
