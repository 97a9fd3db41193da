import pytest

from simulator.privacy_pass import rsa
from simulator.privacy_pass.rsa import PublicKey, private_key
from tests.privacy_pass.issuer_keys import issuer_key

SMALL = private_key(1009, 1013, 5)


def test_encrypting_undoes_signing() -> None:
    for key in (SMALL, issuer_key()):
        for message in (0, 1, 2, 12_345, key.public.n - 1):
            assert rsa.encrypt(key.public, rsa.sign(key, message)) == message


def test_openssl_raises_to_the_private_exponents_as_python_does() -> None:
    key = issuer_key()
    d = pow(key.public.e, -1, (key.p - 1) * (key.q - 1))
    for message in (2, key.p, key.q + 1, key.public.n // 3, key.public.n - 1):
        assert rsa.sign(key, message) == pow(message, d, key.public.n)


def test_the_primes_may_be_in_any_order() -> None:
    turned = private_key(1013, 1009, 5)
    assert [rsa.sign(turned, message) for message in range(9)] == [rsa.sign(SMALL, message) for message in range(9)]


def test_sizes_are_in_octets() -> None:
    assert issuer_key().public.size == 256
    assert PublicKey(1 << 2048).size == 257


def test_primes_without_a_private_exponent_make_no_key() -> None:
    with pytest.raises(ValueError, match="not invertible"):
        private_key(1009, 1013, 4)


@pytest.mark.parametrize("key", [PublicKey(15), PublicKey(1 << 2047), PublicKey(2**2048 - 1, 4)])
def test_nothing_verifies_with_numbers_that_are_no_key(key: PublicKey) -> None:
    assert not rsa.verifies(key, b"message", bytes(key.size))


def test_a_key_does_not_show_its_primes() -> None:
    assert str(SMALL.p) not in repr(SMALL)
    assert rsa.power(3, 4, 50) == 31
