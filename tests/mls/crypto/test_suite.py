"""What the vectors (tests/vectors/test_crypto_basics.py) do not say: what is refused, and the external init."""

from dataclasses import replace

import pytest

from simulator.mls.crypto import CIPHER_SUITES, CipherSuite, cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.errors import DecryptionError, InvalidKey, InvalidSignature, UnsupportedCipherSuite
from tests.breaking import breaks

each = pytest.mark.parametrize("suite", CIPHER_SUITES, ids=lambda suite: suite.name)


def test_there_are_seven_suites() -> None:
    assert [cipher_suite(number).value for number in range(1, 8)] == [suite.value for suite in CIPHER_SUITES]


@pytest.mark.parametrize("number", [0, 8, 0x0A0A])
@breaks("RFC9420-17.1-UNSUPPORTED-CIPHER-SUITE")
def test_others_are_unknown(number: int) -> None:
    with pytest.raises(UnsupportedCipherSuite) as caught:
        cipher_suite(number)
    assert caught.value.rule == "unsupported_cipher_suite"


@each
def test_sizes_of_the_suite(suite: CipherSuite) -> None:
    bits = int(suite.name.split("_")[1])
    assert suite.aead.key_size * 8 == (256 if "CHACHA" in suite.name else bits)
    assert suite.secret_size == len(suite.zero) == len(suite.hash(b"")) == len(suite.derive_secret(b"s", "x"))


@each
def test_keys_come_from_the_randomness(suite: CipherSuite) -> None:
    drawn = [
        (suite.generate_hpke_key_pair(rand, "leaf_key"), suite.generate_signature_key_pair(rand))
        for rand in (SeededRand(1, "a"), SeededRand(1, "a"), SeededRand(1, "b"))
    ]
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]
    rand = SeededRand(1, "a")
    assert suite.generate_hpke_key_pair(rand, "leaf_key") != suite.generate_hpke_key_pair(rand, "leaf_key")


@each
def test_a_signature_is_for_its_label_and_content(suite: CipherSuite) -> None:
    pair = suite.generate_signature_key_pair(SeededRand(1, "a"))
    signature = suite.sign_with_label(pair.private, "Label", b"content")
    suite.verify_with_label(pair.public, "Label", b"content", signature)
    for label, content in (("Other", b"content"), ("Label", b"other")):
        with pytest.raises(InvalidSignature) as caught:
            suite.verify_with_label(pair.public, label, content, signature)
        assert caught.value.rule == "invalid_signature"


@each
def test_a_ciphertext_is_for_its_label_and_context(suite: CipherSuite) -> None:
    rand = SeededRand(1, "a")
    pair = suite.generate_hpke_key_pair(rand, "leaf_key")
    sealed = suite.encrypt_with_label(pair.public, "Label", b"context", b"plaintext", rand)
    assert suite.decrypt_with_label(pair.private, "Label", b"context", sealed) == b"plaintext"
    for label, context in (("Other", b"context"), ("Label", b"other")):
        with pytest.raises(DecryptionError):
            suite.decrypt_with_label(pair.private, label, context, sealed)
    with pytest.raises(InvalidKey):
        suite.decrypt_with_label(pair.private, "Label", b"context", replace(sealed, kem_output=b""))


@each
def test_external_init_gives_both_sides_the_same_secret(suite: CipherSuite) -> None:
    pair = suite.derive_key_pair(b"external secret")
    kem_output, secret = suite.send_external_init(pair.public, SeededRand(1, "joiner"))
    assert suite.receive_external_init(pair.private, kem_output) == secret
    assert len(secret) == suite.secret_size
    with pytest.raises(InvalidKey):
        suite.receive_external_init(pair.private, b"")


def test_references_have_labels_of_their_own() -> None:
    suite = cipher_suite(1)
    assert suite.key_package_ref(b"x") == suite.ref_hash("MLS 1.0 KeyPackage Reference", b"x")
    assert suite.proposal_ref(b"x") == suite.ref_hash("MLS 1.0 Proposal Reference", b"x")


def test_a_mac_is_checked() -> None:
    suite = cipher_suite(1)
    tag = suite.mac(b"key", b"data")
    assert suite.mac_is_valid(b"key", b"data", tag)
    assert not suite.mac_is_valid(b"key", b"data", tag[:-1])
    assert not suite.mac_is_valid(b"key", b"other", tag)
