"""crypto-basics.json: the labelled operations of every cipher suite."""

from typing import Any

import pytest

from simulator.mls.crypto import cipher_suite
from simulator.mls.crypto.inputs import HPKECiphertext
from simulator.mls.crypto.randomness import SeededRand

pytestmark = pytest.mark.vectors("crypto-basics")
unhex = bytes.fromhex


def test_hashes_and_derivations(vector: Any) -> None:
    suite = cipher_suite(vector["cipher_suite"])
    case = vector["ref_hash"]
    assert suite.ref_hash(case["label"], unhex(case["value"])) == unhex(case["out"])
    case = vector["expand_with_label"]
    expanded = suite.expand_with_label(unhex(case["secret"]), case["label"], unhex(case["context"]), case["length"])
    assert expanded == unhex(case["out"])
    case = vector["derive_secret"]
    assert suite.derive_secret(unhex(case["secret"]), case["label"]) == unhex(case["out"])
    case = vector["derive_tree_secret"]
    derived = suite.derive_tree_secret(unhex(case["secret"]), case["label"], case["generation"], case["length"])
    assert derived == unhex(case["out"])


def test_signatures(vector: Any) -> None:
    suite, case = cipher_suite(vector["cipher_suite"]), vector["sign_with_label"]
    public, private, content = unhex(case["pub"]), unhex(case["priv"]), unhex(case["content"])
    suite.verify_with_label(public, case["label"], content, unhex(case["signature"]))
    suite.verify_with_label(public, case["label"], content, suite.sign_with_label(private, case["label"], content))
    assert suite.signature.public_of(private) == public


def test_encryption(vector: Any) -> None:
    suite, case = cipher_suite(vector["cipher_suite"]), vector["encrypt_with_label"]
    public, private = unhex(case["pub"]), unhex(case["priv"])
    label, context, plaintext = case["label"], unhex(case["context"]), unhex(case["plaintext"])
    given = HPKECiphertext(unhex(case["kem_output"]), unhex(case["ciphertext"]))
    assert suite.kem.public_of(private) == public
    assert suite.decrypt_with_label(private, label, context, given) == plaintext
    ours = suite.encrypt_with_label(public, label, context, plaintext, SeededRand(1, "vector"))
    assert ours != given
    assert suite.decrypt_with_label(private, label, context, ours) == plaintext
