"""secret-tree.json: message keys of every leaf, and the key for sender data."""

from typing import Any

import pytest

from simulator.mls.crypto import cipher_suite
from simulator.mls.framing.private_message import sender_data_key_and_nonce
from simulator.mls.key_schedule.secret_tree import RatchetKind, SecretTree

pytestmark = pytest.mark.vectors("secret-tree")
unhex = bytes.fromhex


def test_secret_tree(vector: Any) -> None:
    suite = cipher_suite(vector["cipher_suite"])
    tree = SecretTree.of(suite, len(vector["leaves"]), unhex(vector["encryption_secret"]))
    for leaf_index, generations in enumerate(vector["leaves"]):
        for entry in generations:
            for kind in RatchetKind:
                taken, tree = tree.take_key(leaf_index, kind, entry["generation"])
                assert taken.key == unhex(entry[f"{kind.value}_key"])
                assert taken.nonce == unhex(entry[f"{kind.value}_nonce"])


def test_sender_data(vector: Any) -> None:
    suite, case = cipher_suite(vector["cipher_suite"]), vector["sender_data"]
    key, nonce = sender_data_key_and_nonce(suite, unhex(case["sender_data_secret"]), unhex(case["ciphertext"]))
    assert (key, nonce) == (unhex(case["key"]), unhex(case["nonce"]))
