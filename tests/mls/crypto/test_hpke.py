"""Our HPKE against the one of `cryptography`, which has neither ephemeral keys from outside, nor X448, nor export."""

import pytest
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from simulator.mls.crypto.aead import AES_128_GCM, AES_256_GCM, CHACHA20_POLY1305
from simulator.mls.crypto.hpke import HPKE
from simulator.mls.crypto.kdf import HKDF_SHA256, HKDF_SHA384, HKDF_SHA512
from simulator.mls.crypto.kem import DHKEM_P256, DHKEM_P384, DHKEM_P521, DHKEM_X448, DHKEM_X25519, scalar_key
from simulator.mls.errors import DecryptionError, InvalidKey

THEIRS = [
    (DHKEM_X25519, HKDF_SHA256, AES_128_GCM, hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_128_GCM)),
    (
        DHKEM_X25519,
        HKDF_SHA256,
        CHACHA20_POLY1305,
        hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305),
    ),
    (DHKEM_P256, HKDF_SHA256, AES_128_GCM, hpke.Suite(hpke.KEM.P256, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_128_GCM)),
    (DHKEM_P384, HKDF_SHA384, AES_256_GCM, hpke.Suite(hpke.KEM.P384, hpke.KDF.HKDF_SHA384, hpke.AEAD.AES_256_GCM)),
    (DHKEM_P521, HKDF_SHA512, AES_256_GCM, hpke.Suite(hpke.KEM.P521, hpke.KDF.HKDF_SHA512, hpke.AEAD.AES_256_GCM)),
]
CURVES = {DHKEM_P256: ec.SECP256R1(), DHKEM_P384: ec.SECP384R1(), DHKEM_P521: ec.SECP521R1()}
OURS = HPKE(DHKEM_X448, HKDF_SHA512, CHACHA20_POLY1305)
PAIR = DHKEM_X448.derive_key_pair(b"receiver" * 8)


@pytest.mark.parametrize(("kem", "kdf", "aead", "theirs"), THEIRS, ids=[str(index) for index in range(5)])
def test_another_implementation_understands_us_and_we_it(kem, kdf, aead, theirs) -> None:  # type: ignore[no-untyped-def]  # a table of four kinds
    ours = HPKE(kem, kdf, aead)
    pair = kem.derive_key_pair(b"receiver" * 8)
    private = (
        scalar_key(pair.private, CURVES[kem]) if kem in CURVES else X25519PrivateKey.from_private_bytes(pair.private)
    )
    encapsulated, ciphertext = ours.seal(pair.public, b"info", b"plaintext", b"ephemeral" * 8)
    assert theirs.decrypt(encapsulated + ciphertext, private, b"info") == b"plaintext"
    sealed = theirs.encrypt(b"plaintext", private.public_key(), b"info")
    assert ours.open(pair.private, sealed[: kem.public_size], b"info", sealed[kem.public_size :]) == b"plaintext"


def test_a_ciphertext_opens_only_as_it_was_sealed() -> None:
    encapsulated, ciphertext = OURS.seal(PAIR.public, b"info", b"plaintext", b"ephemeral" * 8)
    assert OURS.open(PAIR.private, encapsulated, b"info", ciphertext) == b"plaintext"
    with pytest.raises(DecryptionError):
        OURS.open(PAIR.private, encapsulated, b"other", ciphertext)
    with pytest.raises(DecryptionError):
        OURS.open(PAIR.private, PAIR.public, b"info", ciphertext)
    with pytest.raises(InvalidKey):
        OURS.open(PAIR.private, encapsulated[:-1], b"info", ciphertext)


def test_the_ephemeral_key_comes_from_outside() -> None:
    sealed = [OURS.seal(PAIR.public, b"", b"plaintext", seed) for seed in (b"a" * 56, b"a" * 56, b"b" * 56)]
    assert sealed[0] == sealed[1]
    assert sealed[0][0] != sealed[2][0]


def test_both_sides_export_the_same() -> None:
    encapsulated, exported = OURS.send_export(PAIR.public, b"context", 100, b"ephemeral" * 8)
    assert len(exported) == 100
    assert OURS.receive_export(PAIR.private, encapsulated, b"context", 100) == exported
    assert OURS.receive_export(PAIR.private, encapsulated, b"other", 100) != exported
