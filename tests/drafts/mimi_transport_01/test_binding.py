"""Payloads <-> what mimi-transport-00 makes of them."""

from typing import Any

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_transport_00.messages import delivery
from simulator.drafts.mimi_transport_00.messages import key_packages as first
from simulator.drafts.mimi_transport_00.messages.group_requests import RequestGroupIDRequest
from simulator.drafts.mimi_transport_01 import MIMI_TRANSPORT_01 as DRAFT
from simulator.drafts.mimi_transport_01 import messages as wire
from simulator.drafts.mimi_transport_01.binding import resign, to_be_signed, with_names, without_names
from simulator.services.asker import AsMember

BODY = RequestGroupIDRequest()


def sign(label: str, content: bytes) -> bytes:
    return label.encode() + b"|" + content


def test_names_come_and_go() -> None:
    payload = wire.DSRequest(BODY, delivery.Anonymous())
    named = with_names(delivery.DSRequest, payload, "a.example")
    assert named == delivery.DSRequest(1, "a.example", "", BODY, delivery.Anonymous())
    assert without_names(wire.DSRequest, named) == payload
    asked = first.ConnectionKeyPackageRequest(
        first.ConnectionKeyPackageRequestTBS(1, "a.example", "b.example", "alice", "bob"), b"sig"
    )
    plain = wire.ConnectionKeyPackageRequest(wire.ConnectionKeyPackageRequestTBS("alice", "bob"), b"sig")
    assert without_names(wire.ConnectionKeyPackageRequest, asked) == plain


def test_what_is_signed_names_nobody() -> None:
    requests = [delivery.DSRequest(1, sender, "b.example", BODY, delivery.Anonymous()) for sender in ("a.example", "m")]
    first_signed, second_signed = (to_be_signed(each, AsMember(7)) for each in requests)
    assert first_signed == second_signed == encode(wire.DSRequestTBS(BODY, delivery.ClientSignatureTBS(7)))


def test_what_is_signed_anew_keeps_its_envelope() -> None:
    tbs = wire.ConnectionKeyPackageRequestTBS("alice", "bob")
    made = wire.ConnectionKeyPackageTransaction(3, "type", wire.ConnectionKeyPackageRequest(tbs, b"old"))
    again = wire.ConnectionKeyPackageRequest(tbs, sign("ConnectionKeyPackageRequestTBS", encode(tbs)))
    assert resign(made, sign) == wire.ConnectionKeyPackageTransaction(3, "type", again)
    client = wire.DSTransaction(1, "type", wire.DSRequest(BODY, delivery.ClientSignature(7, b"old")))
    signature = sign("DSRequestTBS", encode(wire.DSRequestTBS(BODY, delivery.ClientSignatureTBS(7))))
    assert resign(client, sign).serialized_transaction.auth == delivery.ClientSignature(7, signature)


@pytest.mark.parametrize("struct", [b"", wire.VerificationKeyTransaction(1, "type", wire.VerificationKeyRequest())])
def test_only_what_somebody_signs(struct: Any) -> None:
    with pytest.raises(TypeError, match=f"nobody signs a {type(struct).__name__}"):
        resign(struct, sign)


def test_an_honest_request_says_its_type_and_no_names() -> None:
    about = {"requester": "alice", "target": "bob"}
    said = DRAFT.honest(DRAFT.named("group_key_packages"), "a.example", "b.example", about)
    assert said.fields == {
        "version": 1,
        "transaction_type": "mimi.delivery-service.group-key-packages",
        "requester": "alice",
        "target": {"user": {"user": "bob"}},
        "signature": "",
    }
    assert said.signature == "signature"
    assert DRAFT.honest(DRAFT.named("ds_domain"), "a.example", "b.example", about).fields == {}
