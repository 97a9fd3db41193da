"""The vectors of RFC 9577 A, and headers as they are met in the wild."""

from typing import Any

import pytest

from simulator.codec import encode
from simulator.privacy_pass import base64url
from simulator.privacy_pass.auth_field import read_challenges
from simulator.privacy_pass.challenge import TokenChallenge, challenge_digest
from simulator.privacy_pass.token import AuthenticatorInput
from simulator.privacy_pass.www_authenticate import read_offers
from tests.privacy_pass.vector_files import cases


@pytest.mark.parametrize("vector", cases("rfc9577-tokens"))
def test_challenge_and_authenticator_input(vector: dict[str, str]) -> None:
    parts = [bytes.fromhex(vector[name]) for name in ("issuer_name", "redemption_context", "origin_info")]
    kind = int(vector["token_type"], 16)
    challenge = TokenChallenge(kind, *parts)
    nonce, key_id = bytes.fromhex(vector["nonce"]), bytes.fromhex(vector["token_key_id"])
    fields = AuthenticatorInput(kind, nonce, challenge_digest(challenge), key_id)
    assert encode(fields).hex() == vector["token_authenticator_input"]


@pytest.mark.parametrize("vector", [*cases("rfc9577-headers"), *cases("headers-odd")])
def test_challenges_in_a_field(vector: dict[str, Any]) -> None:
    field = vector["WWW-Authenticate"]
    found = [each.parameters for each in read_challenges(field) if each.scheme == "privatetoken"]
    assert found
    for index, parameters in enumerate(found):
        assert base64url.read(parameters["challenge"]).hex() == vector[f"token-challenge-{index}"]
        assert base64url.read(parameters["token-key"]).hex() == vector[f"token-key-{index}"]
        assert parameters.get("max-age") == (str(vector[f"max-age-{index}"]) if f"max-age-{index}" in vector else None)
    assert f"token-type-{len(found)}" not in vector

    offers = read_offers([field])
    ours = [index for index in range(len(found)) if vector[f"token-type-{index}"] == 2]
    assert [encode(offer.challenge).hex() for offer in offers.usable] == [vector[f"token-challenge-{i}"] for i in ours]
    assert [offer.token_key.hex() for offer in offers.usable if offer.token_key] == [
        vector[f"token-key-{i}"] for i in ours
    ]
    assert [offer.max_age for offer in offers.usable] == [vector[f"max-age-{i}"] for i in ours]
    assert [ignored.rule for ignored in offers.ignored] == ["unsupported_type"] * (len(found) - len(ours))
