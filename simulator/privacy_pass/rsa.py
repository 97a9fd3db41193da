"""RSA keys as numbers, and the raw operations that `cryptography` does not offer (RFC 8017 5)."""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers

from simulator.dataclass import dataclass

EXPONENT = 65_537
SALT_SIZE = 48
"""In octets: as long as a SHA-384 hash."""

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
    """All modular powers are taken here. Not in constant time: these are keys of a simulator."""
    return pow(base, exponent, modulus)


def encrypt(key: PublicKey, message: int) -> int:
    """RSAEP, which is RSAVP1, too."""
    return power(message, key.e, key.n)


def sign(key: PrivateKey, message: int) -> int:
    """RSASP1."""
    a, b = power(message, key.dp, key.p), power(message, key.dq, key.q)
    return b + key.q * ((a - b) * key.qinv % key.p)


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
