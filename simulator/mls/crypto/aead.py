"""Authenticated encryption (RFC 5116)."""

from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

from simulator.mls.errors import DecryptionError
from simulator.mls.rule import rule
from simulator.rules import refuse

OPENS = rule(
    DecryptionError,
    "5.1",
    "aead",
    "What is encrypted opens with the key that it is for, and is as it was.",
    essential="what does not open can't be read",
)


class AEAD(NamedTuple):
    """An algorithm with its HPKE identifier; `key_size` is Nk and `nonce_size` Nn, in bytes."""

    identifier: int
    algorithm: type[AESGCM] | type[ChaCha20Poly1305]
    key_size: int
    nonce_size: int = 12

    def seal(self, key: bytes, nonce: bytes, aad: bytes, plaintext: bytes) -> bytes:
        """The ciphertext with its tag."""
        return self.algorithm(key).encrypt(nonce, plaintext, aad)

    def open(self, key: bytes, nonce: bytes, aad: bytes, ciphertext: bytes) -> bytes:
        """The plaintext. Raises DecryptionError if anything was changed."""
        try:
            return self.algorithm(key).decrypt(nonce, ciphertext, aad)
        except InvalidTag:
            refuse(OPENS, "the ciphertext does not open with this key")


AES_128_GCM = AEAD(0x0001, AESGCM, 16)
AES_256_GCM = AEAD(0x0002, AESGCM, 32)
CHACHA20_POLY1305 = AEAD(0x0003, ChaCha20Poly1305, 32)
