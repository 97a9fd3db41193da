"""Requests in others' names, and signed anew."""

from typing import Any

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.binding.consent import REQUEST_CONSENT
from simulator.drafts.mimi_protocol_06.binding.forging import honest, resign
from simulator.drafts.mimi_protocol_06.binding.identifier_query import IDENTIFIER_QUERY
from simulator.drafts.mimi_protocol_06.binding.key_material import KEY_MATERIAL
from simulator.drafts.mimi_protocol_06.client.leaves import REQUIRED_CAPABILITIES
from simulator.drafts.mimi_protocol_06.messages.common import Protocol
from simulator.drafts.mimi_protocol_06.messages.group_info import (
    GROUP_INFO_REQUEST_LABEL,
    GroupInfoRequest,
    GroupInfoRequestTBS,
)
from simulator.drafts.mimi_protocol_06.messages.key_material import (
    KEY_MATERIAL_REQUEST_LABEL,
    KeyMaterialHead,
    KeyMaterialRequest,
    KeyMaterialRequestTBS,
)
from simulator.mls.tree.credential import BasicCredential
from simulator.services.signing import signer
from tests.services.bench import SUITE, Client

from ..rooms import ROOM
from ..serving import ALICE, BOB

CREDENTIAL = BasicCredential(b"c")
KEYS = KeyMaterialRequestTBS(Protocol.mls10, ALICE, BOB, ROOM, (1,), REQUIRED_CAPABILITIES, b"k", CREDENTIAL)
JOIN = GroupInfoRequestTBS(Protocol.mls10, 1, b"k", CREDENTIAL, b"h", b"")
ABOUT = {"requester": ALICE, "target": BOB, "group": ROOM.replace("/r/", "/g/")}


@pytest.mark.parametrize(
    ("request_", "field", "label"),
    [
        (KeyMaterialRequest(KEYS, b""), "key_material_request_signature", KEY_MATERIAL_REQUEST_LABEL),
        (GroupInfoRequest(JOIN, b""), "signature", GROUP_INFO_REQUEST_LABEL),
    ],
)
def test_what_clients_sign_can_be_signed_anew(request_: Any, field: str, label: str) -> None:
    client = Client.of("mimi://m.example/d/mallory/phone").identity
    made = resign(request_, signer(SUITE, client.signature_private_key))
    assert made.signed == request_.signed
    signature = getattr(made, field)
    assert SUITE.verifies_with_label(client.signature_public_key, label, encode(made.signed), signature)


def test_nobody_signs_anything_else() -> None:
    with pytest.raises(TypeError, match="nobody signs a KeyMaterialHead"):
        resign(KeyMaterialHead(1, "", "", ""), lambda *_: b"")


def test_what_is_honest_is_said() -> None:
    keys = honest(KEY_MATERIAL, "m.example", "a.example", ABOUT)
    assert keys.headers == (("from", "mimi@m.example"),)
    assert keys.variables == {"targetUser": BOB}
    assert (keys.fields["requesting_user"], keys.fields["target_user"], keys.fields["room_id"]) == (ALICE, BOB, ROOM)
    consent = honest(REQUEST_CONSENT, "m.example", "b.example", ABOUT)
    assert consent.variables == {"targetDomain": "b.example"}
    assert (consent.fields["requester_uri"], consent.fields["target_uri"]) == (ALICE, BOB)
    assert consent.signature is None


def test_what_nobody_knows_is_not() -> None:
    nothing = honest(KEY_MATERIAL, "m.example", "a.example", {})
    assert nothing.variables == {}
    assert "target_user" not in nothing.fields
    query = honest(IDENTIFIER_QUERY, "m.example", "b.example", {"target": BOB})
    assert query.variables == {"domain": "b.example"}
