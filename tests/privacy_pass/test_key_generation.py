"""Keys from seeds: the profile's, and whether OpenSSL takes them for keys."""

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateNumbers, RSAPublicNumbers

from simulator.privacy_pass.key_generation import generate_key
from simulator.privacy_pass.token_keys import token_key_id, write_token_key
from tests.privacy_pass.issuer_keys import issuer_key


@pytest.mark.parametrize(
    ("seed", "begins"), [(0, "892bfa7d5c8c80f4"), (1, "c82f311260887541"), (2, "238f12d9cf82e424")]
)
def test_the_keys_of_the_profile(seed: int, begins: str) -> None:
    assert token_key_id(write_token_key(issuer_key(seed).public)).hex().startswith(begins)


@pytest.mark.parametrize("seed", range(3))
def test_openssl_takes_them_for_keys(seed: int) -> None:
    key = issuer_key(seed)
    d = pow(key.public.e, -1, (key.p - 1) * (key.q - 1))
    public = RSAPublicNumbers(key.public.e, key.public.n)
    loaded = RSAPrivateNumbers(key.p, key.q, d, key.dp, key.dq, key.qinv, public).private_key()
    assert loaded.key_size == 2048


def test_a_key_is_made_once() -> None:
    assert generate_key(bytes(32)) is generate_key(bytes(32))


@pytest.mark.parametrize("seed", [b"", bytes(31), bytes(33)])
def test_a_seed_has_32_octets(seed: bytes) -> None:
    with pytest.raises(ValueError, match="32 octets"):
        generate_key(seed)
