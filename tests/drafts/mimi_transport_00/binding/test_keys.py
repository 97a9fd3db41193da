"""Verification keys, both ways."""

from dataclasses import replace

import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.mimi_transport_00.binding.keys import LONGEST_KEY_ID
from simulator.drafts.mimi_transport_00.errors import succeed
from simulator.drafts.mimi_transport_00.messages import verification_key as key_wire
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.services import provider_keys
from simulator.services.results import ProviderKey
from tests.breaking import breaks
from tests.federated import ask_key
from tests.services.bench import Bench

DRAFT = DRAFTS[0]
ALICE, PHONE, BOB = "mimi://a.example/u/alice", "mimi://a.example/d/alice/phone", "mimi://b.example/u/bob"


def test_the_verification_key_is_told_to_anybody(bench: Bench) -> None:
    outgoing = ask_key(DRAFT, "b.example", "a.example")
    incoming = outgoing.endpoint.open(outgoing.wire_request)
    assert incoming.envelope.recipient == "a.example"
    assert incoming.signature is None
    assert outgoing.endpoint.head(outgoing.wire_request).rate_keys == ("provider b.example",)
    key = outgoing.endpoint.read(bench.do(incoming.perform).reply)
    assert key == bench.do(provider_keys.published)


@breaks("ANSWER-KEY-SCHEME")
def test_only_ed25519_is_known() -> None:
    arm = key_wire.ProviderKey("a.example", b"id", 0x0403, bytes(32), 0, 1)
    with pytest.raises(BadAnswer, match="0x0403"):
        DRAFT.named("verification_key").read(succeed(key_wire.VerificationKeyResponse(1, arm)))


@breaks("ANSWER-KEY-ID")
def test_a_key_id_is_kept_in_bounds() -> None:
    read = DRAFT.named("verification_key").read
    arm = key_wire.ProviderKey("a.example", bytes(LONGEST_KEY_ID), 0x0807, bytes(32), 0, 1)
    assert isinstance(read(succeed(key_wire.VerificationKeyResponse(1, arm))), ProviderKey)
    with pytest.raises(BadAnswer, match="an id of 256 bytes; 255 are taken at most"):
        read(succeed(key_wire.VerificationKeyResponse(1, replace(arm, key_id=bytes(LONGEST_KEY_ID + 1)))))
