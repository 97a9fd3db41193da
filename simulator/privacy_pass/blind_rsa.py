"""RSABSSA-SHA384-PSS-Deterministic (RFC 9474): whoever signs does not see what, and can't tell the signature later."""

from simulator.dataclass import dataclass
from simulator.privacy_pass import pss_encoding, rsa
from simulator.privacy_pass.errors import InvalidTokenKey, InvalidTokenRequest, InvalidTokenResponse, SigningFailure
from simulator.privacy_pass.randomness import Rand
from simulator.privacy_pass.rsa import SALT_SIZE, PrivateKey, PublicKey
from simulator.privacy_pass.rule import RFC_9474, RFC_9578, rule
from simulator.rules import check, refuse

COPRIME = rule(
    InvalidTokenKey,
    "BLIND-1",
    "invalid_key",
    "What is blinded, and the factor that blinds it, have no factor in common with the modulus.",
    source=RFC_9474,
    section="4.2",
    part="COPRIME",
    essential="there is no inverse to unblind with",
)
IN_RANGE = rule(
    InvalidTokenRequest,
    "ISSUE-3",
    "out_of_range",
    "A blinded message is smaller than the modulus.",
    source=RFC_9474,
    section="4.3",
    part="RANGE",
)
FITS = rule(
    SigningFailure,
    "BLIND-2",
    "signing_failure",
    "A signature that does not fit what it is of is not sent.",
    source=RFC_9474,
    section="4.3",
)
SIZE = rule(
    InvalidTokenResponse,
    "ISSUE-4",
    "unexpected_input_size",
    "A blind signature is as long as the modulus.",
    source=RFC_9474,
    section="4.4",
    part="SIZE",
)
VERIFIES = rule(
    InvalidTokenResponse,
    "ISSUE-4",
    "invalid_signature",
    "What an issuer sends makes a signature that verifies, or no token.",
    source=RFC_9578,
    section="6.3",
)


@dataclass(frozen=True, slots=True)
class Blinded:
    """A message for the issuer, and what takes the blinding off its signature."""

    message: bytes
    inverse: int


def draw_blind(key: PublicKey, rand: Rand) -> int:
    """A blinding factor, each from 1 to n - 1 as likely as another."""
    while True:
        factor = int.from_bytes(rand("token_blind", key.size), "big")
        if 1 <= factor < key.n:
            return factor


def draw_salt(rand: Rand) -> bytes:
    """The salt of a signature."""
    return rand("token_salt", SALT_SIZE)


def blind(key: PublicKey, message: bytes, salt: bytes, factor: int) -> Blinded:
    """Blind (RFC 9474 4.2) with a blinding factor from 1 to n - 1.

    Raises InvalidTokenKey for a key with which it can't be done: none that is of two large primes.
    """
    encoded = int.from_bytes(pss_encoding.encode(message, salt, key.n.bit_length() - 1), "big")
    try:
        of_both = pow(encoded * factor, -1, key.n)
    except ValueError as error:
        refuse(COPRIME, "the modulus has a factor in common with what is to be blinded", error)
    blinded = encoded * rsa.encrypt(key, factor) % key.n
    return Blinded(blinded.to_bytes(key.size, "big"), encoded * of_both % key.n)


def check_range(key: PublicKey, blinded: bytes) -> None:
    """Whether an issuer can sign it. Raises InvalidTokenRequest."""
    check(IN_RANGE, int.from_bytes(blinded, "big") < key.n, "the blinded message is not smaller than the modulus")


def blind_sign(key: PrivateKey, blinded: bytes) -> bytes:
    """BlindSign (RFC 9474 4.3), without a look at who asks.

    Raises InvalidTokenRequest for what is no smaller than the modulus, and SigningFailure.
    """
    check_range(key.public, blinded)
    message = int.from_bytes(blinded, "big") % key.public.n
    signature = rsa.sign(key, message)
    check(FITS, rsa.encrypt(key.public, signature) == message, "the signature does not fit what it is of")
    return signature.to_bytes(key.public.size, "big")


def finalize(key: PublicKey, message: bytes, blind_signature: bytes, inverse: int) -> bytes:
    """Finalize (RFC 9474 4.4): the signature. Raises InvalidTokenResponse."""
    size = len(blind_signature)
    check(SIZE, size == key.size, f"the blind signature has {size} octets, the modulus {key.size}")
    signature = (int.from_bytes(blind_signature, "big") * inverse % key.n).to_bytes(key.size, "big")
    check(VERIFIES, rsa.verifies(key, message, signature), "the issuer's signature does not verify")
    return signature
