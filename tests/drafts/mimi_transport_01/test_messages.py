"""Payloads without names, and the envelope around them, octet by octet."""

from typing import Any

import pytest

from simulator.codec import decode, encode
from simulator.drafts.mimi_transport_00.messages import delivery, key_packages, queueing
from simulator.drafts.mimi_transport_01 import messages as wire


def test_an_envelope_is_version_type_and_payload_behind_its_length() -> None:
    asked = wire.ConnectionKeyPackageRequestTBS("mimi://a.example/u/a", "mimi://b.example/u/b")
    payload = wire.ConnectionKeyPackageRequest(asked, b"sig")
    inner = b"\x14mimi://a.example/u/a\x14mimi://b.example/u/b\x03sig"
    made = wire.ConnectionKeyPackageTransaction(1, "mimi.x", payload)
    assert encode(payload) == inner
    assert encode(made) == b"\x00\x01\x06mimi.x" + bytes([len(inner)]) + inner
    assert decode(wire.ConnectionKeyPackageTransaction, encode(made)) == made
    assert encode(wire.VerificationKeyTransaction(1, "t", wire.VerificationKeyRequest())) == b"\x00\x01\x01t\x00"


@pytest.mark.parametrize(
    ("payload", "first"),
    [
        (wire.DSRequest, delivery.DSRequest),
        (wire.DSRequestTBS, delivery.DSRequestTBS),
        (wire.QueueingServiceRequestTBS, queueing.QueueingServiceRequestTBS),
        (wire.ConnectionKeyPackageRequestTBS, key_packages.ConnectionKeyPackageRequestTBS),
        (wire.GroupKeyPackageRequestTBS, key_packages.GroupKeyPackageRequestTBS),
    ],
)
def test_a_payload_is_what_stands_behind_the_names(payload: Any, first: Any) -> None:
    assert ["version", "sender", "recipient", *payload.__annotations__] == list(first.__annotations__)
