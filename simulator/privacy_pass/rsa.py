"""RSA keys as numbers, and the raw operations that `cryptography` does not offer (RFC 8017 5).

Where it pays, OpenSSL raises to the private exponents all the same, ten times as fast as Python. What `cryptography`
offers of it is a signature with the padding of EMSA-PKCS1-v1_5 (RFC 8017 9.2) and no digest's name: eleven fixed octets
and, behind them, whatever one likes. So for a prime `p` it gets the key of `p` and one more prime, by which its modulus
is long enough for both, and of all numbers congruent to the base modulo `p` the one that begins as padding does.
"""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPrivateNumbers,
    RSAPublicKey,
    RSAPublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.utils import NoDigestInfo

from simulator.dataclass import dataclass

EXPONENT = 65_537
SALT_SIZE = 48
"""In octets: as long as a SHA-384 hash."""

_PADDING = b"\x00\x01" + bytes([0xFF] * 8) + b"\x00"
"""The shortest there is."""
_OTHER_PRIME = (1 << 128) - 15_449
"""A safe one, so that nearly every public exponent has a private one modulo it."""
_LEAST_BITS = 1024
"""Of a modulus that OpenSSL takes without complaint."""

_PSS = padding.PSS(padding.MGF1(hashes.SHA384()), SALT_SIZE)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The modulus and the public exponent."""

    n: int
    e: int = EXPONENT

    @property
    def size(self) -> int:
        """Of the modulus, in octets."""
        return (self.n.bit_length() + 7) // 8


@dataclass(frozen=True, slots=True, repr=False)
class PrivateKey:
    """The two primes, and what follows from them for the Chinese remainder theorem."""

    p: int
    q: int
    dp: int
    dq: int
    qinv: int
    public: PublicKey


def private_key(p: int, q: int, e: int = EXPONENT) -> PrivateKey:
    """The key of two primes. Raises ValueError where there is no private exponent for `e`."""
    return PrivateKey(p, q, pow(e, -1, p - 1), pow(e, -1, q - 1), pow(q, -1, p), PublicKey(p * q, e))


def power(base: int, exponent: int, modulus: int) -> int:
    """Not in constant time: these are keys of a simulator."""
    return pow(base, exponent, modulus)


def encrypt(key: PublicKey, message: int) -> int:
    """RSAEP, which is RSAVP1, too."""
    return power(message, key.e, key.n)


def sign(key: PrivateKey, message: int) -> int:
    """RSASP1."""
    a, b = _private_power(message, key.p, key.dp, key.public.e), _private_power(message, key.q, key.dq, key.public.e)
    return b + key.q * ((a - b) * key.qinv % key.p)


def _private_power(base: int, prime: int, exponent: int, e: int) -> int:
    """`base` to the private exponent that belongs to `e` modulo this prime."""
    if prime.bit_length() + _OTHER_PRIME.bit_length() <= _LEAST_BITS:
        return power(base, exponent, prime)
    key = _half_of_a_key(prime, exponent, e)
    room = (key.key_size + 7) // 8 - len(_PADDING)
    padding_only = int.from_bytes(_PADDING, "big") << 8 * room
    data = ((base - padding_only) % prime).to_bytes(room, "big")
    return int.from_bytes(key.sign(data, padding.PKCS1v15(), NoDigestInfo()), "big") % prime


@lru_cache(maxsize=256)
def _half_of_a_key(prime: int, exponent: int, e: int) -> RSAPrivateKey:
    """With the other prime beside it. It is not looked at whether they are primes: `prime` is of a key that was made or
    loaded before, and what is signed wrongly is noticed (RFC 9474 4.3).
    """
    numbers = RSAPrivateNumbers(
        prime,
        _OTHER_PRIME,
        pow(e, -1, (prime - 1) * (_OTHER_PRIME - 1)),
        exponent,
        pow(e, -1, _OTHER_PRIME - 1),
        pow(_OTHER_PRIME, -1, prime),
        RSAPublicNumbers(e, prime * _OTHER_PRIME),
    )
    return numbers.private_key(unsafe_skip_rsa_key_validation=True)


def verifies(key: PublicKey, message: bytes, signature: bytes) -> bool:
    """RSASSA-PSS-VERIFY with SHA-384, MGF1 with SHA-384, and a salt of 48 octets (RFC 8017 8.1.2)."""
    try:
        _loaded(key).verify(signature, message, _PSS, hashes.SHA384())
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=256)
def _loaded(key: PublicKey) -> RSAPublicKey:
    """Raises ValueError for numbers that are no key."""
    return RSAPublicNumbers(key.e, key.n).public_key()
