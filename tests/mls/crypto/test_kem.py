import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from simulator.mls.crypto.kem import (
    DHKEM_P256,
    DHKEM_P384,
    DHKEM_P521,
    DHKEM_X448,
    DHKEM_X25519,
    KEM,
    P448,
    P25519,
    SMALL_ORDER_448,
    SMALL_ORDER_25519,
    MontgomeryKEM,
)
from simulator.mls.errors import InvalidKey
from tests.breaking import breaks

KEMS = [DHKEM_X25519, DHKEM_X448, DHKEM_P256, DHKEM_P384, DHKEM_P521]
CURVES: dict[KEM, ec.EllipticCurve] = {
    DHKEM_P256: ec.SECP256R1(),
    DHKEM_P384: ec.SECP384R1(),
    DHKEM_P521: ec.SECP521R1(),
}

each = pytest.mark.parametrize("kem", KEMS, ids=lambda kem: f"{kem.identifier:#06x}")


def test_the_example_of_rfc_9180() -> None:
    """RFC 9180 A.1.1: DHKEM(X25519, HKDF-SHA256)."""
    ikm = bytes.fromhex("7268600d403fce431561aef583ee1613527cff655c1343f29812e66706df3234")
    receiver = bytes.fromhex("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d")
    shared, encapsulated = DHKEM_X25519.encapsulate(receiver, ikm)
    assert encapsulated.hex() == "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"
    assert shared.hex() == "fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc"


@each
def test_both_sides_share_a_secret(kem: KEM) -> None:
    pair = kem.derive_key_pair(b"receiver" * 8)
    shared, encapsulated = kem.encapsulate(pair.public, b"ephemeral" * 8)
    assert kem.decapsulate(pair.private, encapsulated) == shared
    assert (len(pair.private), len(pair.public), len(shared)) == (kem.private_size, kem.public_size, kem.secret_size)
    assert len(encapsulated) == kem.public_size


@each
def test_keys_follow_from_the_seed_alone(kem: KEM) -> None:
    assert kem.derive_key_pair(b"seed") == kem.derive_key_pair(b"seed")
    assert kem.derive_key_pair(b"seed") != kem.derive_key_pair(b"other")


@each
def test_bytes_that_are_no_public_key(kem: KEM) -> None:
    pair = kem.derive_key_pair(b"seed")
    kem.check_public(pair.public)
    for bad in (b"", pair.public[:-1], pair.public + b"\x00"):
        with pytest.raises(InvalidKey):
            kem.check_public(bad)
        with pytest.raises(InvalidKey):
            kem.encapsulate(bad, b"ephemeral")
        with pytest.raises(InvalidKey):
            kem.decapsulate(pair.private, bad)


@each
def test_bytes_that_are_no_private_key(kem: KEM) -> None:
    with pytest.raises(ValueError, match="private key"):
        kem.public_of(b"")
    with pytest.raises(ValueError, match="private key"):
        kem.public_of(b"\xff" * (kem.private_size + 1))


@pytest.mark.parametrize("kem", [DHKEM_X25519, DHKEM_X448], ids=["x25519", "x448"])
@breaks("RFC9420-5.1.1-INVALID-HPKE-KEY")
def test_an_exchange_that_yields_zero_fails(kem: KEM) -> None:
    """RFC 9180 7.1.4: points of small order give away the secret."""
    with pytest.raises(InvalidKey):
        kem.encapsulate(bytes(kem.public_size), b"ephemeral")
    with pytest.raises(InvalidKey):
        kem.decapsulate(kem.derive_key_pair(b"seed").private, bytes(kem.public_size))


@pytest.mark.parametrize("kem", list(CURVES), ids=lambda kem: kem.curve.name)
def test_points_are_uncompressed_and_on_the_curve(kem: KEM) -> None:
    public = kem.derive_key_pair(b"seed").public
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVES[kem], public)
    compressed = key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)
    for bad in (compressed, public[:-1] + bytes((public[-1] ^ 1,))):
        with pytest.raises(InvalidKey):
            kem.check_public(bad)


@pytest.mark.parametrize("kem", list(CURVES), ids=lambda kem: kem.curve.name)
def test_scalars_are_between_zero_and_the_order(kem: KEM) -> None:
    order = CURVES[kem].group_order
    kem.public_of((order - 1).to_bytes(kem.private_size, "big"))
    for scalar in (0, order):
        with pytest.raises(ValueError, match="private key"):
            kem.public_of(scalar.to_bytes(kem.private_size, "big"))


@pytest.mark.parametrize(
    ("kem", "prime", "small_order", "bits"),
    [(DHKEM_X25519, P25519, SMALL_ORDER_25519, 256), (DHKEM_X448, P448, SMALL_ORDER_448, 448)],
    ids=["X25519", "X448"],
)
def test_keys_of_small_order_are_refused_in_every_spelling(
    kem: MontgomeryKEM, prime: int, small_order: frozenset[int], bits: int
) -> None:
    """The library agrees with the list: an exchange with each of these keys is refused too, as it yields zero."""
    spellings = [u + k * prime for u in sorted(small_order) for k in (0, 1) if u + k * prime < 1 << prime.bit_length()]
    if bits > prime.bit_length():  # the unused highest bit of X25519 is ignored
        spellings += [u | 1 << (bits - 1) for u in spellings]
    for u in spellings:
        public = u.to_bytes(kem.public_size, "little")
        with pytest.raises(InvalidKey):
            kem.check_public(public)
        with pytest.raises(InvalidKey):
            kem.encapsulate(public, bytes(kem.private_size))


def test_the_base_point_is_not() -> None:
    for kem in (DHKEM_X25519, DHKEM_X448):
        kem.check_public((9).to_bytes(kem.public_size, "little"))
