"""The signature schemes of the cipher suites (RFC 9420 5.1.1, 5.1.2), all deterministic.

Public keys are raw (EdDSA) or uncompressed points (ECDSA); private keys are RFC 8032 seeds or big-endian scalars;
ECDSA signatures are DER.
"""

from abc import ABC, abstractmethod
from functools import lru_cache

from cryptography.exceptions import InvalidSignature as BadSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey, Ed448PublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from simulator.mls.crypto.kem import KeyPair, decode_point, encode_point, scalar_key
from simulator.mls.remembered import remembered

# Loading a key costs as much as signing with it, and a group sees the same keys again and again.
_CACHED_KEYS = 4096


class SignatureScheme(ABC):
    """One scheme; `seed_size` is the number of random bytes a new key takes."""

    seed_size: int

    @abstractmethod
    def key_pair(self, seed: bytes) -> KeyPair:
        """A key pair from `seed_size` random bytes."""

    @abstractmethod
    def public_of(self, private: bytes) -> bytes:
        """The public key of a private one. Raises ValueError where that is none."""

    @abstractmethod
    def sign(self, private: bytes, data: bytes) -> bytes:
        """The signature; the same input yields the same signature. Raises ValueError where `private` is no key."""

    @abstractmethod
    def verify(self, public: bytes, data: bytes, signature: bytes) -> bool:
        """Whether `signature` is right; False also if `public` is not a key at all."""


class Ed25519(SignatureScheme):
    """ed25519 of RFC 8032."""

    seed_size = 32

    def key_pair(self, seed: bytes) -> KeyPair:
        return KeyPair(seed, self.public_of(seed))

    def public_of(self, private: bytes) -> bytes:
        return _ed25519_private(private).public_key().public_bytes_raw()

    @remembered
    def sign(self, private: bytes, data: bytes) -> bytes:
        return _ed25519_private(private).sign(data)

    @remembered
    def verify(self, public: bytes, data: bytes, signature: bytes) -> bool:
        try:
            _ed25519_public(public).verify(signature, data)
        except (BadSignature, ValueError):
            return False
        return True


@lru_cache(_CACHED_KEYS)
def _ed25519_private(private: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(private)


@lru_cache(_CACHED_KEYS)
def _ed25519_public(public: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public)


class Ed448(SignatureScheme):
    """ed448 of RFC 8032."""

    seed_size = 57

    def key_pair(self, seed: bytes) -> KeyPair:
        return KeyPair(seed, self.public_of(seed))

    def public_of(self, private: bytes) -> bytes:
        return _ed448_private(private).public_key().public_bytes_raw()

    @remembered
    def sign(self, private: bytes, data: bytes) -> bytes:
        return _ed448_private(private).sign(data)

    @remembered
    def verify(self, public: bytes, data: bytes, signature: bytes) -> bool:
        try:
            _ed448_public(public).verify(signature, data)
        except (BadSignature, ValueError):
            return False
        return True


@lru_cache(_CACHED_KEYS)
def _ed448_private(private: bytes) -> Ed448PrivateKey:
    return Ed448PrivateKey.from_private_bytes(private)


@lru_cache(_CACHED_KEYS)
def _ed448_public(public: bytes) -> Ed448PublicKey:
    return Ed448PublicKey.from_public_bytes(public)


class ECDSA(SignatureScheme):
    """ECDSA over a NIST curve, with the nonces of RFC 6979."""

    def __init__(self, curve: ec.EllipticCurve, hash_algorithm: hashes.HashAlgorithm) -> None:
        self._curve = curve
        self._signing = ec.ECDSA(hash_algorithm, deterministic_signing=True)
        self._verifying = ec.ECDSA(hash_algorithm)
        self._private_size = (curve.key_size + 7) // 8
        self.seed_size = self._private_size + 16  # so long that reducing it leaves no bias worth a name
        self._private_key = lru_cache(_CACHED_KEYS)(self._load_private)
        self._public_key = lru_cache(_CACHED_KEYS)(self._load_public)

    def key_pair(self, seed: bytes) -> KeyPair:
        scalar = int.from_bytes(seed, "big") % (self._curve.group_order - 1) + 1
        private = scalar.to_bytes(self._private_size, "big")
        return KeyPair(private, self.public_of(private))

    def public_of(self, private: bytes) -> bytes:
        return encode_point(self._private_key(private).public_key())

    @remembered
    def sign(self, private: bytes, data: bytes) -> bytes:
        return self._private_key(private).sign(data, self._signing)

    @remembered
    def verify(self, public: bytes, data: bytes, signature: bytes) -> bool:
        try:
            self._public_key(public).verify(signature, data, self._verifying)
        except (BadSignature, ValueError):
            return False
        return True

    def _load_private(self, private: bytes) -> ec.EllipticCurvePrivateKey:
        return scalar_key(private, self._curve)

    def _load_public(self, public: bytes) -> ec.EllipticCurvePublicKey:
        return decode_point(public, self._curve)
