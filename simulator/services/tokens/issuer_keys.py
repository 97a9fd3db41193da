"""The keys that an issuer signs tokens with, and when they change."""

from collections.abc import Mapping

from simulator.privacy_pass.directory import Directory, DirectoryKey
from simulator.privacy_pass.key_generation import SEED_SIZE
from simulator.privacy_pass.randomness import Rand
from simulator.privacy_pass.rsa import PrivateKey, PublicKey
from simulator.privacy_pass.token_keys import token_key_id
from simulator.services.limits.policy import DAY
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.issuer_words import REQUEST_URI
from simulator.storage import IssuerKey

LIFETIME = 30 * DAY
"""Until another key takes its place, in seconds."""

PURPOSE = "token_key"
"""What the randomness of a key is drawn for: by this name a seed always gives the same key."""

MAX_AGE = 3600
"""How long others may remember the directory, in seconds."""


def maintained(keys: tuple[IssuerKey, ...], now: int, period: int, rand: Rand) -> tuple[IssuerKey, ...]:
    """An issuer's keys now, newest first, by those that it had: with a first one, without those whose tokens are dead,
    and with another where the newest is old enough. `period` is that of the origins' windows, in seconds.
    """
    if not keys or now - keys[0].not_before >= LIFETIME:
        keys = rotated(keys, now, rand)
    return keys[:1] if now >= keys[0].not_before + 2 * period else keys[:2]


def rotated(keys: tuple[IssuerKey, ...], now: int, rand: Rand) -> tuple[IssuerKey, ...]:
    """The same with a new key. The last one stays for the tokens that there are; one before it does not."""
    others = {key.truncated_id for key in keys[:1]}
    while True:
        key = IssuerKey(rand(PURPOSE, SEED_SIZE), now)
        if key.truncated_id not in others:
            return (key, *keys[:1])


def signing_keys(keys: tuple[IssuerKey, ...]) -> Mapping[int, PrivateKey]:
    """What token requests are answered with, by truncated id."""
    return {key.truncated_id: key.private for key in keys}


def verifying_keys(keys: tuple[IssuerKey, ...]) -> Mapping[bytes, PublicKey]:
    """What tokens are verified with, by id."""
    return {token_key_id(key.token_key): key.private.public for key in keys}


def directory(keys: tuple[IssuerKey, ...], budget: IssuerBudget) -> Directory:
    """What the issuer publishes."""
    listed = tuple(DirectoryKey(key.token_key, key.not_before) for key in keys)
    return Directory(REQUEST_URI, listed, budget.published)
