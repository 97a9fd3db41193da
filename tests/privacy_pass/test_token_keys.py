"""Public keys as octets."""

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from simulator.privacy_pass.errors import InvalidTokenKey
from simulator.privacy_pass.rsa import PublicKey
from simulator.privacy_pass.token_keys import KEY_SIZE, read_token_key, token_key_id, truncated, write_token_key
from tests.privacy_pass.issuer_keys import issuer_key, token_key


def test_both_ways_and_openssl_reads_the_same() -> None:
    encoded, key = token_key(), issuer_key().public
    assert len(encoded) == KEY_SIZE == 342
    assert read_token_key(encoded) == key
    loaded = load_der_public_key(encoded)
    assert isinstance(loaded, RSAPublicKey)
    assert loaded.public_numbers().n == key.n


def test_a_key_has_an_id_and_a_short_one() -> None:
    key_id = token_key_id(token_key())
    assert key_id.hex().startswith("892bfa7d5c8c80f4")
    assert truncated(key_id) == key_id[31]


def _with(position: int, octet: int) -> bytes:
    changed = bytearray(token_key())
    changed[position] = octet
    return bytes(changed)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "PP-KEY-1"),
        (token_key()[:-1], "PP-KEY-1"),
        (token_key() + b"\0", "PP-KEY-1"),
        (_with(60, 0x31), "PP-KEY-1"),
        (_with(341, 3), "PP-KEY-1"),
        (_with(81, 0x7F), "PP-KEY-1/MODULUS"),
        (_with(336, 0x02), "PP-KEY-1/MODULUS"),
    ],
)
def test_what_is_no_key(data: bytes, rule: str) -> None:
    with pytest.raises(InvalidTokenKey) as caught:
        read_token_key(data)
    assert caught.value.rules[0] == rule


@pytest.mark.parametrize("key", [PublicKey(15), PublicKey(issuer_key().public.n, 3), PublicKey(1 << 4095)])
def test_another_key_is_not_written(key: PublicKey) -> None:
    with pytest.raises(ValueError, match="2048 bits"):
        write_token_key(key)
