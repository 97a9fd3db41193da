"""Signatures of requests."""

from dataclasses import replace

import pytest

from simulator.mls.crypto import cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.services.refusal import Code, Refusal
from simulator.services.signing import Signature, signer

SUITE = cipher_suite(1)
KEYS = SUITE.generate_signature_key_pair(SeededRand(1, "signer"))


def test_what_is_signed_is_checked() -> None:
    sign = signer(SUITE, KEYS.private)
    good = Signature("Label", b"content", sign("Label", b"content"))
    good.check(SUITE, KEYS.public, "alice")
    other = SUITE.generate_signature_key_pair(SeededRand(2, "signer")).public
    for bad, key in (
        (replace(good, label="Other"), KEYS.public),
        (replace(good, content=b"other"), KEYS.public),
        (replace(good, value=b""), KEYS.public),
        (good, other),
        (good, b"no key"),
    ):
        with pytest.raises(Refusal, match="key of alice") as caught:
            bad.check(SUITE, key, "alice")
        assert caught.value.code is Code.invalid_signature
