"""`notify` on the wire: a body is one FanoutMessage or more, and the answer has none."""

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.binding.notify import MOST_MESSAGES, NOTIFY, messages_in, write_delivery
from simulator.drafts.mimi_protocol_06.rules.deliveries import effect_for, fanned_out_message
from simulator.drafts.requests.endpoint import BadAnswer, Envelope, Reply
from simulator.services.refusal import Code, Refusal
from simulator.services.results import DeliveryResult
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.hub import GROUP, Hub


def test_a_delivery_goes_to_the_rooms_path_as_it_waited(room: Hub) -> None:
    message = fanned_out_message(7, room.member("alice.phone@a").say(b"hello"), None)
    delivery = effect_for("b.example", GROUP.encode(), message, (), room.context).delivery
    asked = write_delivery(delivery, sender="a.example", recipient="b.example", sign=None).wire_request
    assert asked.path == "/v1/notify/mimi%3A%2F%2Fa.example%2Fr%2Fclubhouse"
    assert (asked.headers, asked.body) == ((("from", "mimi@a.example"),), encode(message))
    envelope = Envelope("notify", "a.example", group=GROUP, rate_keys=(f"group {GROUP}",))
    assert NOTIFY.open(asked).envelope == envelope


def test_a_body_is_read_to_its_end(room: Hub) -> None:
    messages = [fanned_out_message(7, room.member("alice.phone@a").say(text), None) for text in (b"one", b"two")]
    body = b"".join(map(encode, messages))
    assert messages_in(body) == tuple(messages)
    for junk in (b"", body + b"x", body[:-1]):
        with breaks("P6-2-BODY/FORM"), pytest.raises(Refusal) as caught:
            messages_in(junk)
        assert caught.value.code is Code.malformed


def test_there_is_a_bound_to_what_one_body_brings(room: Hub) -> None:
    body = encode(fanned_out_message(7, room.member("alice.phone@a").say(b"hello"), None))
    assert len(messages_in(body * MOST_MESSAGES)) == MOST_MESSAGES
    with breaks("P6-2-413/VALUES"), pytest.raises(Refusal):
        messages_in(body * (MOST_MESSAGES + 1))


def test_201_says_that_it_is_queued() -> None:
    assert NOTIFY.success == 201
    assert NOTIFY.several
    assert NOTIFY.read(Reply(201, (), b"")) == DeliveryResult()
    with pytest.raises(BadAnswer):
        NOTIFY.read(Reply(200, (), b""))


def test_a_follower_that_knows_no_such_room_never_will() -> None:
    for code, final in ((Code.unknown_group, True), (Code.not_authorized, True), (Code.internal, False)):
        reply = NOTIFY.refusals.write(Refusal(code, "no"))
        with pytest.raises(Refusal) as caught:
            NOTIFY.read(reply)
        assert (caught.value.code, caught.value.code.final) == (code, final)
    assert NOTIFY.refusals.read(Reply(201, (), b"")) is None
