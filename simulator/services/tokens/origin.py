"""What an origin asks for, and which tokens it takes."""

from collections.abc import Mapping, Sequence
from dataclasses import field

from simulator.dataclass import dataclass
from simulator.privacy_pass.authorization import read_authorization
from simulator.privacy_pass.challenge import TokenChallenge, challenge_digest, token_challenge
from simulator.privacy_pass.directory import Directory
from simulator.privacy_pass.errors import InvalidTokenKey
from simulator.privacy_pass.following import KeptDirectory
from simulator.privacy_pass.grease import greased_offer
from simulator.privacy_pass.randomness import Rand
from simulator.privacy_pass.redemption import verify_token
from simulator.privacy_pass.redemption_context import Window, redemption_context, window
from simulator.privacy_pass.rsa import PublicKey
from simulator.privacy_pass.token import Token
from simulator.privacy_pass.token_keys import read_token_key, token_key_id
from simulator.privacy_pass.www_authenticate import ChallengeOffer, write_offer
from simulator.services.tokens.refusals import refusing

CONTEXT_KEY = "token_context_key"
"""What the randomness of a context key, of 32 bytes, is drawn for."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A provider that takes tokens."""

    host: str
    """Where its protected endpoints are served."""
    issuer: str
    period: int
    """Of its windows, in seconds."""
    context_key: bytes = field(repr=False)
    grease: bool = False
    """Whether a challenge of a reserved type goes before each real one."""


def challenge_of(origin: Origin, window: Window) -> TokenChallenge:
    """The one challenge of a window, for whoever asks."""
    return token_challenge(origin.issuer, redemption_context(origin.context_key, window), origin.host)


def challenge_fields(origin: Origin, token_key: bytes | None, now: int, rand: Rand) -> tuple[str, ...]:
    """The values of WWW-Authenticate at a moment (Unix seconds), with the issuer's key (SPKI), if that is known."""
    this = window(origin.period, now)
    offer = write_offer(ChallengeOffer(challenge_of(origin, this), token_key, this.end - now))
    return (greased_offer(rand), offer) if origin.grease else (offer,)


def presented(fields: Sequence[str], origin: Origin, keys: Mapping[bytes, PublicKey], now: int) -> Token:
    """The token that comes in these Authorization fields, if it is good now (Unix seconds), by the issuer's keys; it
    may be spent.

    Tokens of the last window are taken, too: somebody may repeat a request whose answer is lost. Raises Refusal
    token_required and invalid_token.
    """
    this = window(origin.period, now)
    digests = {challenge_digest(challenge_of(origin, each)) for each in (this, this.before)}
    with refusing():
        token = read_authorization(fields)
        verify_token(token, digests, keys)
    return token


def keys_of(directory: Directory) -> Mapping[bytes, PublicKey]:
    """What tokens of another's issuer are verified with, by id. Keys that can't be read are none."""
    found = {}
    for each in directory.keys:
        try:
            found[token_key_id(each.token_key)] = read_token_key(each.token_key)
        except InvalidTokenKey:
            continue
    return found


def needs_renewal(token: Token, kept: KeptDirectory, now: int) -> bool:
    """Whether a token names a key that the copy of its issuer's directory lacks, and it is time to look again."""
    return token.token_key_id not in keys_of(kept.directory) and kept.may_be_renewed(now)
