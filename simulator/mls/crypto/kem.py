"""The Diffie-Hellman KEMs of HPKE (RFC 9180 4.1, 7.1), deterministic: the caller brings the randomness.

Keys are bytes in the formats of RFC 9180: raw strings for X25519 and X448, big-endian scalars and uncompressed
points for the NIST curves.
"""

from abc import ABC, abstractmethod
from functools import lru_cache
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x448 import X448PrivateKey, X448PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from simulator.mls.crypto.kdf import HKDF_SHA256, HKDF_SHA384, HKDF_SHA512, KDF, LabeledKDF
from simulator.mls.errors import InvalidKey
from simulator.mls.remembered import remembered
from simulator.mls.rule import rule
from simulator.rules import refuse


class KeyPair(NamedTuple):
    """A private key and its public key, as bytes."""

    private: bytes
    public: bytes


PUBLIC_KEY = rule(
    InvalidKey,
    "5.1.1",
    "invalid_hpke_key",
    "A public key that something is encrypted with is one of its cipher suite.",
    essential="nothing can be computed with it",
)


_CACHED_KEYS = 1024
"""Private keys that are kept loaded, which takes as long as an exchange: decapsulating wants one twice, and a key that
was made just now is soon used.
"""

_NO_PUBLIC_KEY = "this is not a usable HPKE public key"


class KEM(ABC):
    """DHKEM. `private_size` is Nsk and the size of the randomness to bring, `public_size` Npk, in bytes."""

    identifier: int
    private_size: int
    public_size: int
    secret_size: int
    kdf: KDF

    def __init__(self) -> None:
        self._labeled = LabeledKDF(self.kdf, b"KEM" + self.identifier.to_bytes(2, "big"))

    @remembered
    def derive_key_pair(self, ikm: bytes) -> KeyPair:
        """DeriveKeyPair of RFC 9180 7.1.3."""
        private = self._derive_private(self._labeled.extract(b"", b"dkp_prk", ikm))
        return KeyPair(private, self.public_of(private))

    def encapsulate(self, public: bytes, ikm: bytes) -> tuple[bytes, bytes]:
        """Encap with the ephemeral key that `ikm` yields: (shared secret, encapsulated key).

        Raises InvalidKey if `public` is no public key or the exchange yields zero.
        """
        ephemeral = self.derive_key_pair(ikm)
        dh = self._exchange(ephemeral.private, public)
        return self._shared_secret(dh, ephemeral.public + public), ephemeral.public

    def decapsulate(self, private: bytes, encapsulated: bytes) -> bytes:
        """Decap: the shared secret. Raises InvalidKey like `encapsulate`."""
        dh = self._exchange(private, encapsulated)
        return self._shared_secret(dh, encapsulated + self.public_of(private))

    @abstractmethod
    def public_of(self, private: bytes) -> bytes:
        """The public key of a private one. Raises ValueError where that is none."""

    @abstractmethod
    def is_public(self, public: bytes) -> bool:
        """Whether `public` has the format of a public key (for a NIST curve: is on the curve)."""

    def check_public(self, public: bytes) -> None:
        """Raises InvalidKey unless it is one."""
        if not self.is_public(public):
            refuse(PUBLIC_KEY, _NO_PUBLIC_KEY)

    @abstractmethod
    def _derive_private(self, prk: bytes) -> bytes: ...

    @abstractmethod
    def _exchange(self, private: bytes, public: bytes) -> bytes: ...

    def _shared_secret(self, dh: bytes, context: bytes) -> bytes:
        prk = self._labeled.extract(b"", b"eae_prk", dh)
        return self._labeled.expand(prk, b"shared_secret", context, self.secret_size)


class MontgomeryKEM(KEM):
    """DHKEM over Curve25519 or Curve448 (RFC 7748), whose public keys are u-coordinates, little-endian.

    A key of small order makes every exchange zero (RFC 7748 6). It is refused where it comes in: in a leaf it would
    keep everybody else from ever committing with a path.
    """

    def __init__(
        self,
        identifier: int,
        kdf: KDF,
        keys: tuple[type[X25519PrivateKey], type[X25519PublicKey]] | tuple[type[X448PrivateKey], type[X448PublicKey]],
        prime: int,
        small_order: frozenset[int],
    ) -> None:
        self.identifier = identifier
        self.kdf = kdf
        self.secret_size = kdf.size
        self.private_size = self.public_size = (prime.bit_length() + 7) // 8
        self._load: Any = lru_cache(_CACHED_KEYS)(keys[0].from_private_bytes)
        self._public_key: Any = keys[1]
        self._prime = prime
        self._small_order = small_order
        super().__init__()

    def public_of(self, private: bytes) -> bytes:
        return bytes(self._load(private).public_key().public_bytes_raw())

    def is_public(self, public: bytes) -> bool:
        unused = 8 * self.public_size - self._prime.bit_length()
        u = int.from_bytes(public, "little") & ((1 << (8 * self.public_size - unused)) - 1)
        return len(public) == self.public_size and u % self._prime not in self._small_order

    def _derive_private(self, prk: bytes) -> bytes:
        return self._labeled.expand(prk, b"sk", b"", self.private_size)

    def _exchange(self, private: bytes, public: bytes) -> bytes:
        key = self._load(private)
        try:
            return bytes(key.exchange(self._public_key.from_public_bytes(public)))
        except ValueError as error:  # of the wrong size, or the exchange yields zero
            refuse(PUBLIC_KEY, _NO_PUBLIC_KEY, error)


P25519 = 2**255 - 19
P448 = 2**448 - 2**224 - 1

SMALL_ORDER_25519 = frozenset(
    {
        0,
        1,
        P25519 - 1,
        325606250916557431795983626356110631294008115727848805560023387167927233504,
        39382357235489614581723060781553021112529911719440698176882885853963445705823,
    }
)
"""The u-coordinates of order 1, 2, 4 and 8 on Curve25519 and its twist."""

SMALL_ORDER_448 = frozenset({0, 1, P448 - 1})
"""The u-coordinates of order 1, 2 and 4 on Curve448 and its twist."""


class NistKEM(KEM):
    """DHKEM over a NIST curve."""

    def __init__(self, identifier: int, curve: ec.EllipticCurve, kdf: KDF, mask: int) -> None:
        self.identifier = identifier
        self.curve = curve
        self.kdf = kdf
        self.secret_size = kdf.size
        self.private_size = (curve.key_size + 7) // 8
        self.public_size = 1 + 2 * self.private_size
        self._mask = mask
        super().__init__()

    def public_of(self, private: bytes) -> bytes:
        return encode_point(scalar_key(private, self.curve).public_key())

    def is_public(self, public: bytes) -> bool:
        try:
            decode_point(public, self.curve)
        except ValueError:
            return False
        return True

    def _derive_private(self, prk: bytes) -> bytes:
        for counter in range(256):
            candidate = self._labeled.expand(prk, b"candidate", bytes((counter,)), self.private_size)
            candidate = bytes((candidate[0] & self._mask,)) + candidate[1:]
            if 0 < int.from_bytes(candidate, "big") < self.curve.group_order:
                return candidate
        raise ValueError("no key follows from this seed")  # a case that RFC 9180 7.1.3 names, and that never happens

    def _exchange(self, private: bytes, public: bytes) -> bytes:
        key = scalar_key(private, self.curve)
        try:
            return key.exchange(ec.ECDH(), decode_point(public, self.curve))
        except ValueError as error:
            refuse(PUBLIC_KEY, _NO_PUBLIC_KEY, error)


def scalar_key(private: bytes, curve: ec.EllipticCurve) -> ec.EllipticCurvePrivateKey:
    """The private key of a big-endian scalar of the curve's size. Raises ValueError."""
    scalar = int.from_bytes(private, "big")
    if len(private) > (curve.key_size + 7) // 8 or not 0 < scalar < curve.group_order:
        raise ValueError("this is not a usable private key")
    return ec.derive_private_key(scalar, curve)


def decode_point(public: bytes, curve: ec.EllipticCurve) -> ec.EllipticCurvePublicKey:
    """The public key of an uncompressed point on the curve. Raises ValueError."""
    if public[:1] != b"\x04":
        raise ValueError("this is not an uncompressed point")
    return ec.EllipticCurvePublicKey.from_encoded_point(curve, public)


def encode_point(key: ec.EllipticCurvePublicKey) -> bytes:
    """The uncompressed point."""
    numbers = key.public_numbers()
    size = (key.curve.key_size + 7) // 8
    return b"\x04" + numbers.x.to_bytes(size, "big") + numbers.y.to_bytes(size, "big")


DHKEM_X25519 = MontgomeryKEM(0x0020, HKDF_SHA256, (X25519PrivateKey, X25519PublicKey), P25519, SMALL_ORDER_25519)
DHKEM_X448 = MontgomeryKEM(0x0021, HKDF_SHA512, (X448PrivateKey, X448PublicKey), P448, SMALL_ORDER_448)
DHKEM_P256 = NistKEM(0x0010, ec.SECP256R1(), HKDF_SHA256, 0xFF)
DHKEM_P384 = NistKEM(0x0011, ec.SECP384R1(), HKDF_SHA384, 0xFF)
DHKEM_P521 = NistKEM(0x0012, ec.SECP521R1(), HKDF_SHA512, 0x01)
