"""Whole issuances of token type 0x0002: RFC 9578 B.2, and those of another implementation."""

import hashlib
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from simulator.codec import decode, encode
from simulator.privacy_pass.challenge import TokenChallenge, challenge_digest
from simulator.privacy_pass.issuance import finalize, issue, pending_token, read_request, read_response
from simulator.privacy_pass.redemption import verify_token
from simulator.privacy_pass.rsa import PrivateKey, private_key
from simulator.privacy_pass.token import read_token
from simulator.privacy_pass.token_keys import read_token_key, token_key_id, truncated, write_token_key
from tests.privacy_pass.vector_files import cases


def signing_key(vector: dict[str, Any]) -> PrivateKey:
    loaded = load_pem_private_key(bytes.fromhex(vector["skS"]), None)
    assert isinstance(loaded, RSAPrivateKey)
    numbers = loaded.private_numbers()
    return private_key(numbers.p, numbers.q)


@pytest.mark.parametrize("vector", [*cases("rfc9578-type2-go"), *cases("rfc9578-type2-rust")])
def test_request_issue_finalize_redeem(vector: dict[str, Any]) -> None:
    values = {name: bytes.fromhex(value) for name, value in vector.items()}
    key, token_key, challenge = signing_key(vector), values["pkS"], values["token_challenge"]
    assert write_token_key(key.public) == token_key
    assert read_token_key(token_key) == key.public
    digest = hashlib.sha256(challenge).digest()
    assert challenge_digest(decode(TokenChallenge, challenge)) == digest
    assert encode(decode(TokenChallenge, challenge)) == challenge

    blind = int.from_bytes(values["blind"], "big")
    pending = pending_token(digest, token_key, values["nonce"], values["salt"], blind)
    assert encode(pending.request) == values["token_request"]
    key_id = token_key_id(token_key)
    response = issue(read_request(values["token_request"], {truncated(key_id): key}))
    assert encode(response) == values["token_response"]
    assert read_response(values["token_response"]) == response
    token = finalize(pending, response)
    assert encode(token) == values["token"]
    verify_token(read_token(values["token"]), {digest}, {key_id: key.public})
