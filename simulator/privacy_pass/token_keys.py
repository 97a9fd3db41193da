"""Public keys of token type 0x0002 as octets (RFC 9578 6.5), and how tokens name them."""

import hashlib

from simulator.privacy_pass.errors import InvalidTokenKey
from simulator.privacy_pass.rsa import EXPONENT, PublicKey
from simulator.privacy_pass.rule import RFC_9578, rule
from simulator.rules import check, refuse

ENCODING = rule(
    InvalidTokenKey,
    "KEY-1",
    "invalid_key",
    "A key is a SubjectPublicKeyInfo of id-RSASSA-PSS: SHA-384, MGF1 with SHA-384, a salt of 48 octets, 2048 bits.",
    source=RFC_9578,
    section="6.5",
    essential="there are no numbers to calculate with",
)
MODULUS = rule(
    InvalidTokenKey,
    "KEY-1",
    "invalid_key",
    "The modulus of a key is odd and has 2048 bits.",
    source=RFC_9578,
    section="6.5",
    part="MODULUS",
    essential="nothing can be signed or verified with another one",
)

_BITS = 2048
_SIZE = _BITS // 8
_PREFIX = bytes.fromhex(
    "30820152"
    "303d 06092a864886f70d01010a 3030"  # id-RSASSA-PSS
    "a00d 300b 0609608648016503040202"  # SHA-384
    "a11a 3018 06092a864886f70d010108 300b 0609608648016503040202"  # MGF1 with it
    "a203 020130"  # a salt of 48 octets
    "0382010f00 3082010a 02820101 00"  # the key: two integers, the first of 257 octets
)
_SUFFIX = bytes.fromhex("0203") + EXPONENT.to_bytes(3, "big")
KEY_SIZE = len(_PREFIX) + _SIZE + len(_SUFFIX)
"""Of an encoded key, in octets."""


def write_token_key(key: PublicKey) -> bytes:
    """A SubjectPublicKeyInfo. Raises ValueError for a key that has not 2048 bits or another exponent."""
    if key.n.bit_length() != _BITS or key.e != EXPONENT:
        raise ValueError("a token key has 2048 bits and the exponent 65537")
    return _PREFIX + key.n.to_bytes(_SIZE, "big") + _SUFFIX


def read_token_key(data: bytes) -> PublicKey:
    """The key that these octets are the one encoding of. Raises InvalidTokenKey."""
    if len(data) != KEY_SIZE or not data.startswith(_PREFIX) or not data.endswith(_SUFFIX):
        refuse(ENCODING, f"{len(data)} octets that are no key for tokens of type 0x0002")
    n = int.from_bytes(data[len(_PREFIX) : -len(_SUFFIX)], "big")
    check(MODULUS, n.bit_length() == _BITS and n % 2 == 1, "the modulus is even, or has not 2048 bits")
    return PublicKey(n)


def token_key_id(encoded: bytes) -> bytes:
    """What tokens name an encoded key by: its SHA-256."""
    return hashlib.sha256(encoded).digest()


def truncated(key_id: bytes) -> int:
    """What a token request names a key by: the last octet of its id."""
    return key_id[-1]
