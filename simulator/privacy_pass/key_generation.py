"""Issuers' keys from a seed, modelled on FIPS 186-5 A.1.3: the same seed, the same key, on every machine."""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import shake_256
from math import isqrt

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateNumbers, RSAPublicNumbers

from simulator.privacy_pass.rsa import EXPONENT, PrivateKey, private_key

SEED_SIZE = 32
PURPOSE = b"privacy pass issuer key"

_BITS = 1024
_CANDIDATES = 8192
"""Odd numbers in a row, of which one is likely to be a prime."""
_SMALL = 20_000
_OTHER_PRIME = 257
_LEAST_DISTANCE = 1 << 924
"""Between the two primes: closer ones are found from their product (Fermat)."""


@lru_cache(maxsize=128)
def generate_key(seed: bytes) -> PrivateKey:
    """The 2048-bit key of a seed of 32 octets. Takes a twelfth of a second, the second time nothing.

    Raises ValueError for a seed of another size.
    """
    if len(seed) != SEED_SIZE:
        raise ValueError(f"a seed has {SEED_SIZE} octets, not {len(seed)}")
    p = next(_primes(seed, b"p"))
    q = next(q for q in _primes(seed, b"q") if abs(p - q) >= _LEAST_DISTANCE)
    return private_key(p, q)


def _primes(seed: bytes, label: bytes) -> Iterator[int]:
    """One for each attempt that leads to one."""
    attempt = 0
    while True:
        digest = shake_256(PURPOSE + seed + label + attempt.to_bytes(4, "big")).digest(_BITS // 8)
        start = int.from_bytes(digest, "big") | 3 << _BITS - 2 | 1
        yield from (found for found in [_first_prime(start)] if found is not None)
        attempt += 1


def _first_prime(start: int) -> int | None:
    """The first of the candidates from `start` on that fits."""
    for index, sieved in enumerate(_sieve(start)):
        candidate = start + 2 * index
        if candidate.bit_length() != _BITS:
            return None
        if not sieved and candidate % EXPONENT != 1 and _is_prime(candidate):
            return candidate
    return None


def _sieve(start: int) -> bytearray:
    """For each candidate whether it has a small factor."""
    sieved = bytearray(_CANDIDATES)
    for prime in _odd_primes():
        # The first index at which `prime` divides start + 2 * index.
        first = -start * pow(2, -1, prime) % prime
        sieved[first::prime] = b"\x01" * len(range(first, _CANDIDATES, prime))
    return sieved


@lru_cache(maxsize=1)
def _odd_primes() -> tuple[int, ...]:
    numbers = bytearray(b"\x01") * _SMALL
    for number in range(3, isqrt(_SMALL) + 1, 2):
        numbers[number * number :: number] = bytes(len(range(number * number, _SMALL, number)))
    return tuple(number for number in range(3, _SMALL, 2) if numbers[number])


def _is_prime(number: int) -> bool:
    """OpenSSL says so, in a third of the time that Python's `pow` would take: it tests both primes of a key that it is
    given. The other one is small, and costs nothing.
    """
    private = pow(EXPONENT, -1, (number - 1) * (_OTHER_PRIME - 1))
    key = RSAPrivateNumbers(
        number,
        _OTHER_PRIME,
        private,
        private % (number - 1),
        private % (_OTHER_PRIME - 1),
        pow(_OTHER_PRIME, -1, number),
        RSAPublicNumbers(EXPONENT, number * _OTHER_PRIME),
    )
    try:
        key.private_key()
    except ValueError:
        return False
    return True
