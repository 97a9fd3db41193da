"""EMSA-PSS-ENCODE with SHA-384 and MGF1-SHA-384 (RFC 8017 9.1.1): what a blind signature is of."""

import hashlib

HASH_SIZE = 48


def encode(message: bytes, salt: bytes, bits: int) -> bytes:
    """The encoded message of `bits` bits, in as few octets as hold them.

    `bits` is one less than the modulus has; RFC 9474 4.2 passes bit_len(n), and then about half of the encoded messages
    would be no smaller than n.
    """
    size = (bits + 7) // 8
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(size - HASH_SIZE - len(salt) - 2) + b"\x01" + salt
    mask = _mgf1(digest, len(block))
    masked = int.from_bytes(block, "big") ^ int.from_bytes(mask, "big")
    masked &= (1 << (8 * len(block) - (8 * size - bits))) - 1
    return masked.to_bytes(len(block), "big") + digest + b"\xbc"


def _mgf1(seed: bytes, size: int) -> bytes:
    """RFC 8017 B.2.1."""
    blocks = (hashlib.sha384(seed + n.to_bytes(4, "big")).digest() for n in range((size + HASH_SIZE - 1) // HASH_SIZE))
    return b"".join(blocks)[:size]
