import pytest

from simulator.mls.crypto.aead import AEAD, AES_128_GCM, AES_256_GCM, CHACHA20_POLY1305
from simulator.mls.errors import DecryptionError

NONCE = b"n" * 12


@pytest.mark.parametrize(
    "aead", [AES_128_GCM, AES_256_GCM, CHACHA20_POLY1305], ids=lambda aead: aead.algorithm.__name__
)
def test_what_was_sealed_opens_and_nothing_else(aead: AEAD) -> None:
    key = b"k" * aead.key_size
    ciphertext = aead.seal(key, NONCE, b"aad", b"plaintext")
    assert len(ciphertext) == len(b"plaintext") + 16
    assert aead.open(key, NONCE, b"aad", ciphertext) == b"plaintext"
    for other in (
        (b"x" * aead.key_size, NONCE, b"aad", ciphertext),
        (key, b"x" * 12, b"aad", ciphertext),
        (key, NONCE, b"", ciphertext),
        (key, NONCE, b"aad", ciphertext[:-1]),
        (key, NONCE, b"aad", b""),
    ):
        with pytest.raises(DecryptionError) as caught:
            aead.open(*other)
        assert caught.value.rule == "aead"
