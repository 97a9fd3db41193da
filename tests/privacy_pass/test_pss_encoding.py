"""Encoded messages, compared with what OpenSSL verifies."""

import pytest

from simulator.privacy_pass import pss_encoding, rsa
from tests.privacy_pass.issuer_keys import issuer_key


def test_what_is_encoded_verifies_as_a_plain_signature() -> None:
    key = issuer_key()
    encoded = pss_encoding.encode(b"message", b"s" * 48, 2047)
    signature = rsa.sign(key, int.from_bytes(encoded, "big")).to_bytes(256, "big")
    assert rsa.verifies(key.public, b"message", signature)
    assert not rsa.verifies(key.public, b"messages", signature)


@pytest.mark.parametrize(("bits", "size"), [(2047, 256), (2048, 256), (2049, 257), (4095, 512)])
def test_the_bits_that_there_are_not_are_clear(bits: int, size: int) -> None:
    for number in range(20):
        encoded = pss_encoding.encode(b"message", bytes([number]) * 48, bits)
        assert len(encoded) == size
        assert encoded.endswith(b"\xbc")
        assert int.from_bytes(encoded, "big").bit_length() <= bits


def test_another_salt_another_encoding() -> None:
    assert pss_encoding.encode(b"m", b"s" * 48, 2047) != pss_encoding.encode(b"m", b"t" * 48, 2047)
