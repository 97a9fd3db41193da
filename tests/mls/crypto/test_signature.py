import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from simulator.mls.crypto.signature import ECDSA, Ed448, Ed25519, SignatureScheme

SCHEMES = [
    Ed25519(),
    Ed448(),
    ECDSA(ec.SECP256R1(), hashes.SHA256()),
    ECDSA(ec.SECP384R1(), hashes.SHA384()),
    ECDSA(ec.SECP521R1(), hashes.SHA512()),
]
each = pytest.mark.parametrize("scheme", SCHEMES, ids=["ed25519", "ed448", "p256", "p384", "p521"])


@each
def test_a_signature_verifies_and_nothing_else_does(scheme: SignatureScheme) -> None:
    pair = scheme.key_pair(b"s" * scheme.seed_size)
    other = scheme.key_pair(b"t" * scheme.seed_size)
    signature = scheme.sign(pair.private, b"data")
    assert scheme.verify(pair.public, b"data", signature)
    assert not scheme.verify(pair.public, b"other", signature)
    assert not scheme.verify(other.public, b"data", signature)
    assert not scheme.verify(pair.public, b"data", signature[:-1])
    assert not scheme.verify(pair.public, b"data", b"")


@each
def test_signatures_are_deterministic(scheme: SignatureScheme) -> None:
    pair = scheme.key_pair(b"s" * scheme.seed_size)
    assert scheme.sign(pair.private, b"data") == scheme.sign(pair.private, b"data")


@each
def test_a_malformed_public_key_verifies_nothing(scheme: SignatureScheme) -> None:
    pair = scheme.key_pair(b"s" * scheme.seed_size)
    signature = scheme.sign(pair.private, b"data")
    for bad in (b"", pair.public[:-1], b"\xff" * len(pair.public)):
        assert not scheme.verify(bad, b"data", signature)


@each
def test_a_malformed_private_key_is_refused(scheme: SignatureScheme) -> None:
    for bad in (b"", b"\xff" * 100):
        with pytest.raises(ValueError, match=r"key|curve"):
            scheme.sign(bad, b"data")


@each
def test_the_public_key_follows_from_the_private_one(scheme: SignatureScheme) -> None:
    pair = scheme.key_pair(b"s" * scheme.seed_size)
    assert scheme.public_of(pair.private) == pair.public


def test_the_example_of_rfc_8032() -> None:
    """RFC 8032 7.1: test 1."""
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert Ed25519().key_pair(seed).public.hex() == public
    assert Ed25519().sign(seed, b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065")


def test_the_example_of_rfc_6979() -> None:
    """RFC 6979 A.2.5: P-256 with SHA-256, message "sample"."""
    private = bytes.fromhex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721")
    signature = ECDSA(ec.SECP256R1(), hashes.SHA256()).sign(private, b"sample")
    assert "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716" in signature.hex()
