"""Keys for tests: made once, from seeds."""

from simulator.codec import encode
from simulator.mls.crypto.randomness import SeededRand
from simulator.privacy_pass.issuance import PendingToken, finalize, issue, read_request, request_token
from simulator.privacy_pass.key_generation import generate_key
from simulator.privacy_pass.rsa import PrivateKey
from simulator.privacy_pass.token import Token
from simulator.privacy_pass.token_keys import token_key_id, truncated, write_token_key

DIGEST = b"d" * 32


def issuer_key(seed: int = 0) -> PrivateKey:
    return generate_key(seed.to_bytes(32, "big"))


def token_key(seed: int = 0) -> bytes:
    """The public key, as SPKI."""
    return write_token_key(issuer_key(seed).public)


def keys(*seeds: int) -> dict[int, PrivateKey]:
    """An issuer's keys, by truncated id."""
    return {truncated(token_key_id(token_key(seed))): issuer_key(seed) for seed in seeds}


def pending(digest: bytes = DIGEST, seed: int = 0, rand: SeededRand | None = None) -> PendingToken:
    return request_token(digest, token_key(seed), rand or SeededRand(1, "a.example"))


def issued(digest: bytes = DIGEST, seed: int = 0, rand: SeededRand | None = None) -> Token:
    """A token as a client gets it."""
    asked = pending(digest, seed, rand)
    return finalize(asked, issue(read_request(encode(asked.request), keys(seed))))
