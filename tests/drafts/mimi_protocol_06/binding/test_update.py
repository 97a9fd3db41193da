"""`update` on the wire."""

from dataclasses import replace

import pytest

from simulator.codec import decode, encode
from simulator.drafts.mimi_protocol_06.binding.update import UPDATE, write_update
from simulator.drafts.mimi_protocol_06.messages.update import UpdateResponseCode, UpdateRoomResponse
from simulator.drafts.requests.endpoint import BadAnswer, Envelope, Reply
from simulator.services.refusal import Code, Refusal
from simulator.services.results import Done
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.hub import GROUP, ROOM, Hub, commit_request

OCTETS = (("content-type", "application/octet-stream"),)


def test_a_request_goes_to_the_rooms_path_from_its_senders_provider(room: Hub) -> None:
    bob = room.member("bob.phone@b")
    body = encode(commit_request(bob.commit()))
    outgoing = write_update("update_client", ROOM, body, sender="b.example", recipient="a.example")
    asked = outgoing.wire_request
    assert asked.path == "/v1/update/mimi%3A%2F%2Fa.example%2Fr%2Fclubhouse"
    assert asked.headers == (("from", "mimi@b.example"),)
    incoming = UPDATE.open(asked)
    keys = (f"group {GROUP}", f"member {bob.leaf} of {GROUP}")
    assert incoming.envelope == Envelope("update", "b.example", group=GROUP, rate_keys=keys)
    assert UPDATE.head(asked) == Envelope("update", "b.example", rate_keys=("provider b.example",))


@pytest.mark.parametrize("path", ["mimi://a.example/g/clubhouse", "clubhouse"])
def test_the_path_names_a_room(room: Hub, path: str) -> None:
    body = encode(commit_request(room.member("bob.phone@b").commit()))
    asked = replace(
        UPDATE.wire_request(body, {"roomId": path}, (("from", "mimi@b.example"),)), variables={"roomId": path}
    )
    with breaks("P6-2-PATH-NAME"), pytest.raises(Refusal) as caught:
        UPDATE.open(asked)
    assert caught.value.code is Code.malformed


def test_success_is_done_and_a_code_is_a_refusal() -> None:
    success = encode(UpdateRoomResponse(UpdateResponseCode.success, "", accepted_timestamp=7))
    assert UPDATE.read(Reply(200, OCTETS, success)) == Done()
    late = encode(UpdateRoomResponse(UpdateResponseCode.wrong_epoch, "late", current_epoch=7))
    assert UPDATE.refusals.is_refusal(Reply(200, OCTETS, late))
    with pytest.raises(Refusal) as caught:
        UPDATE.read(Reply(200, OCTETS, late))
    assert (caught.value.code, caught.value.current_epoch) == (Code.wrong_epoch, 7)
    with pytest.raises(BadAnswer):
        UPDATE.read(Reply(200, OCTETS, b"junk"))


def test_the_answer_is_an_update_room_response(room: Hub) -> None:
    bob = room.member("bob.phone@b")
    answer, _ = room.ask(UPDATE, encode(commit_request(bob.commit())), "b.example")
    assert decode(UpdateRoomResponse, answer).response_code is UpdateResponseCode.success
