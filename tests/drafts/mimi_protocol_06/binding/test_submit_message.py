"""`submitMessage` on the wire."""

from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.binding.submit_message import SUBMIT_MESSAGE, write_submit_message
from simulator.drafts.mimi_protocol_06.messages.common import AcceptedMessage, Protocol
from simulator.drafts.mimi_protocol_06.messages.submit_message import EpochTooOld, SubmitMessageResponse
from simulator.drafts.requests.endpoint import Envelope, Reply
from simulator.services.refusal import Code, Refusal
from simulator.services.results import Done
from tests.drafts.mimi_protocol_06.hub import GROUP, ROOM, Hub, message_request

OCTETS = (("content-type", "application/octet-stream"),)


def test_a_request_goes_to_the_rooms_path_from_its_senders_provider(room: Hub) -> None:
    bob = room.member("bob.phone@b")
    body = encode(message_request(bob.say(b"hello"), bob))
    asked = write_submit_message("send", ROOM, body, sender="b.example", recipient="a.example").wire_request
    assert asked.path == "/v1/submitMessage/mimi%3A%2F%2Fa.example%2Fr%2Fclubhouse"
    envelope = Envelope("submitMessage", "b.example", group=GROUP, rate_keys=(f"group {GROUP}",))
    assert SUBMIT_MESSAGE.open(asked).envelope == envelope


def test_the_sender_is_a_user(room: Hub) -> None:
    bob = room.member("bob.phone@b")
    request = replace(message_request(bob.say(b"hello"), bob), sending_uri=bob.uri)
    with room.refusing("P6-2-BODY/NAMES", Code.malformed):
        room.ask(SUBMIT_MESSAGE, encode(request), "b.example")


def test_success_is_done_and_a_code_is_a_refusal() -> None:
    accepted = encode(SubmitMessageResponse(Protocol.mls10, AcceptedMessage(1767225600000, None)))
    assert accepted.hex() == "01000000019b76daa80000"
    assert SUBMIT_MESSAGE.read(Reply(200, OCTETS, accepted)) == Done()
    late = encode(SubmitMessageResponse(Protocol.mls10, EpochTooOld(7)))
    with pytest.raises(Refusal) as caught:
        SUBMIT_MESSAGE.read(Reply(200, OCTETS, late))
    assert (caught.value.code, caught.value.current_epoch) == (Code.wrong_epoch, 7)
