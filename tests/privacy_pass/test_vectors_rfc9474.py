"""The vectors of RFC 9474 A: blind, sign, finalize, with a key of 4096 bits."""

from typing import Any

import pytest

from simulator.privacy_pass import rsa
from simulator.privacy_pass.blind_rsa import blind, blind_sign, finalize
from tests.privacy_pass.vector_files import cases


def number(text: str) -> int:
    return int(text, 16)


@pytest.mark.parametrize("vector", cases("rfc9474"))
def test_blind_sign_finalize_verify(vector: dict[str, Any]) -> None:
    key = rsa.private_key(number(vector["p"]), number(vector["q"]), number(vector["e"]))
    assert key.public.n == number(vector["n"])
    message, salt, inverse = bytes.fromhex(vector["input_msg"]), bytes.fromhex(vector["salt"]), number(vector["inv"])
    blinded = blind(key.public, message, salt, pow(inverse, -1, key.public.n))
    assert (blinded.message.hex(), blinded.inverse) == (vector["blinded_msg"], inverse)
    blind_signature = blind_sign(key, blinded.message)
    assert blind_signature.hex() == vector["blind_sig"]
    assert finalize(key.public, message, blind_signature, blinded.inverse).hex() == vector["sig"]
    assert rsa.verifies(key.public, message, bytes.fromhex(vector["sig"]))
    assert not rsa.verifies(key.public, message + b"!", bytes.fromhex(vector["sig"]))
