"""HPKE in base mode (RFC 9180 5.1.1, 6), as far as MLS needs it: one message per context, and export."""

from typing import NamedTuple

from simulator.mls.crypto.aead import AEAD
from simulator.mls.crypto.kdf import KDF, LabeledKDF
from simulator.mls.crypto.kem import KEM


class _Context(NamedTuple):
    key: bytes
    nonce: bytes


class HPKE:
    """One combination of KEM, KDF and AEAD. All failures to open are DecryptionError or InvalidKey."""

    def __init__(self, kem: KEM, kdf: KDF, aead: AEAD) -> None:
        self._kem = kem
        self._kdf = kdf
        self._aead = aead
        identifiers = (kem.identifier, kdf.identifier, aead.identifier)
        self._labeled = LabeledKDF(kdf, b"HPKE" + b"".join(value.to_bytes(2, "big") for value in identifiers))
        self._psk_id_hash = self._labeled.extract(b"", b"psk_id_hash", b"")

    def seal(self, public: bytes, info: bytes, plaintext: bytes, ikm: bytes) -> tuple[bytes, bytes]:
        """SealBase with empty aad: (encapsulated key, ciphertext). `ikm` yields the ephemeral key."""
        shared, encapsulated = self._kem.encapsulate(public, ikm)
        context = self._context(shared, info)
        return encapsulated, self._aead.seal(context.key, context.nonce, b"", plaintext)

    def open(self, private: bytes, encapsulated: bytes, info: bytes, ciphertext: bytes) -> bytes:
        """OpenBase with empty aad."""
        context = self._context(self._kem.decapsulate(private, encapsulated), info)
        return self._aead.open(context.key, context.nonce, b"", ciphertext)

    def send_export(self, public: bytes, exporter_context: bytes, length: int, ikm: bytes) -> tuple[bytes, bytes]:
        """SendExportBase with empty info: (encapsulated key, exported secret)."""
        shared, encapsulated = self._kem.encapsulate(public, ikm)
        return encapsulated, self._export(shared, exporter_context, length)

    def receive_export(self, private: bytes, encapsulated: bytes, exporter_context: bytes, length: int) -> bytes:
        """ReceiveExportBase with empty info."""
        return self._export(self._kem.decapsulate(private, encapsulated), exporter_context, length)

    def _export(self, shared: bytes, exporter_context: bytes, length: int) -> bytes:
        secret, schedule_context = self._secret(shared, b"")
        exporter_secret = self._labeled.expand(secret, b"exp", schedule_context, self._kdf.size)
        return self._labeled.expand(exporter_secret, b"sec", exporter_context, length)

    def _context(self, shared: bytes, info: bytes) -> _Context:
        secret, schedule_context = self._secret(shared, info)
        return _Context(
            self._labeled.expand(secret, b"key", schedule_context, self._aead.key_size),
            self._labeled.expand(secret, b"base_nonce", schedule_context, self._aead.nonce_size),
        )

    def _secret(self, shared: bytes, info: bytes) -> tuple[bytes, bytes]:
        """The first half of KeySchedule in mode_base, whose psk and psk_id are empty."""
        schedule_context = b"\x00" + self._psk_id_hash + self._labeled.extract(b"", b"info_hash", info)
        return self._labeled.extract(shared, b"secret", b""), schedule_context
