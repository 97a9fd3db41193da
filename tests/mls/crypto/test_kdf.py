import pytest

from simulator.mls.crypto.kdf import HKDF_SHA256, HKDF_SHA384, HKDF_SHA512, KDF, LabeledKDF


def test_hkdf_of_rfc_5869() -> None:
    """RFC 5869 A.1: the first test case."""
    prk = HKDF_SHA256.extract(bytes(range(13)), b"\x0b" * 22)
    assert prk.hex() == "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"
    okm = HKDF_SHA256.expand(prk, bytes(range(0xF0, 0xFA)), 42)
    assert okm.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"


@pytest.mark.parametrize(("kdf", "size"), [(HKDF_SHA256, 32), (HKDF_SHA384, 48), (HKDF_SHA512, 64)])
def test_sizes(kdf: KDF, size: int) -> None:
    assert kdf.size == len(kdf.hash(b"")) == len(kdf.mac(b"", b"")) == len(kdf.extract(b"", b"")) == size


@pytest.mark.parametrize("length", [0, 1, 31, 32, 33, 64, 255 * 32])
def test_longer_output_starts_like_shorter(length: int) -> None:
    longest = HKDF_SHA256.expand(b"prk", b"info", 255 * 32)
    assert HKDF_SHA256.expand(b"prk", b"info", length) == longest[:length]


def test_there_is_a_longest_output() -> None:
    with pytest.raises(ValueError, match="at most 8160 bytes"):
        HKDF_SHA256.expand(b"prk", b"info", 255 * 32 + 1)


def test_labels_and_suites_separate() -> None:
    one, other = LabeledKDF(HKDF_SHA256, b"one"), LabeledKDF(HKDF_SHA256, b"other")
    assert len({one.extract(b"", b"a", b"x"), one.extract(b"", b"b", b"x"), other.extract(b"", b"a", b"x")}) == 3
    assert len({one.expand(b"p", b"a", b"x", 8), one.expand(b"p", b"b", b"x", 8), one.expand(b"p", b"a", b"x", 9)}) == 3
