"""`groupInfo` on the wire."""

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.binding.group_info import GROUP_INFO, write_group_info
from simulator.drafts.mimi_protocol_06.messages.common import Protocol
from simulator.drafts.mimi_protocol_06.messages.group_info import (
    GroupInfoRequest,
    GroupInfoRequestTBS,
    GroupInfoResponse,
    NoSuchRoom,
)
from simulator.drafts.requests.endpoint import Envelope, Reply
from simulator.mls.tree.credential import BasicCredential
from simulator.services.refusal import Code, Refusal
from tests.drafts.mimi_protocol_06.hub import GROUP, ROOM

OCTETS = (("content-type", "application/octet-stream"),)


def test_a_request_goes_to_the_rooms_path_from_its_clients_provider() -> None:
    signed = GroupInfoRequestTBS(Protocol.mls10, 1, b"key", BasicCredential(b"client"), b"key", b"")
    body = encode(GroupInfoRequest(signed, b"signature"))
    asked = write_group_info("join", ROOM, body, sender="b.example", recipient="a.example").wire_request
    assert asked.path == "/v1/groupInfo/mimi%3A%2F%2Fa.example%2Fr%2Fclubhouse"
    envelope = Envelope("groupInfo", "b.example", group=GROUP, rate_keys=(f"group {GROUP}",))
    assert GROUP_INFO.open(asked).envelope == envelope


def test_a_code_is_a_refusal() -> None:
    unknown = encode(GroupInfoResponse(Protocol.mls10, ROOM, NoSuchRoom()))
    with pytest.raises(Refusal) as caught:
        GROUP_INFO.read(Reply(200, OCTETS, unknown))
    assert caught.value.code is Code.unknown_group


def test_who_signs_badly_hears_401_and_of_no_scheme() -> None:
    """Of a body's signature WWW-Authenticate has nothing to say (PROTOCOL.md, Joining)."""
    reply = GROUP_INFO.refusals.write(Refusal(Code.invalid_signature, "the signature does not verify"))
    assert (reply.status, reply.header("www-authenticate")) == (401, None)
