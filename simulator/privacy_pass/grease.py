"""Challenges of reserved types, which every client has to ignore (RFC 9577 3.2, 6.2.1)."""

from simulator.privacy_pass.randomness import Rand
from simulator.privacy_pass.token_types import RESERVED
from simulator.privacy_pass.www_authenticate import write_octets

_CHALLENGE_SIZE, _KEY_SIZE = 64, 128
"""Of the octets that mean nothing."""


def greased_offer(rand: Rand) -> str:
    """Such a challenge, as a value of WWW-Authenticate."""
    reserved = RESERVED[rand("grease_type", 1)[0] % len(RESERVED)]
    challenge = reserved.to_bytes(2, "big") + rand("grease_challenge", _CHALLENGE_SIZE)
    return write_octets(challenge, rand("grease_key", _KEY_SIZE))
