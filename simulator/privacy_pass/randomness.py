"""Randomness as an argument."""

from collections.abc import Callable
from typing import TypeAlias

Rand: TypeAlias = Callable[[str, int], bytes]
"""A source of random bytes that is told what they are for: `rand("token_nonce", 32)`.

Everywhere but in a simulator it has to be a cryptographically secure one (RFC 9577 5.1, RFC 9474 7.4).
"""
