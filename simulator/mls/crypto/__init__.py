"""Cipher suites and the labelled operations of RFC 9420 5.

`cipher_suite(number)` yields the `CipherSuite` object everything else asks; below it lie HPKE (own base mode, because
MLS wants the ephemeral key from the caller's randomness and an exporter), HKDF, the KEMs and the signature schemes.
"""

from simulator.mls.crypto.kem import KeyPair
from simulator.mls.crypto.suite import CIPHER_SUITES, CipherSuite, cipher_suite

__all__ = ["CIPHER_SUITES", "CipherSuite", "KeyPair", "cipher_suite"]
