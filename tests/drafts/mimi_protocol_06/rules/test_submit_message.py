"""Application messages are dated, franked, and fanned out; whoever may not send is told so."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from simulator.codec import decode, encode
from simulator.drafts.mimi_protocol_06.binding.submit_message import SUBMIT_MESSAGE
from simulator.drafts.mimi_protocol_06.client.room_settings import room_change
from simulator.drafts.mimi_protocol_06.client.roster import leave
from simulator.drafts.mimi_protocol_06.content.franking import ServerFrankingContext, check_frank, check_server_frank
from simulator.drafts.mimi_protocol_06.content.franking_tag import authenticated_data
from simulator.drafts.mimi_protocol_06.messages.common import AcceptedMessage
from simulator.drafts.mimi_protocol_06.messages.submit_message import SubmitMessageRequest, SubmitMessageResponse
from simulator.drafts.mimi_protocol_06.room.new_room import franking_agent_of
from simulator.drafts.mimi_protocol_06.rules.submit_message import franking_tag_of, submit_message
from simulator.mls.framing.framing import ContentType
from simulator.mls.framing.message import mls_message
from simulator.mls.framing.safe_aad import safe_aad
from simulator.services.refusal import Code, Refusal
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.hub import ROOM, Hub, Member, brought, message_request
from tests.services.bench import NOW

TAG = bytes(range(32))


@pytest.fixture
def bob(room: Hub) -> Member:
    return room.member("bob.phone@b")


def refused(room: Hub, rule: str, code: Code, request: SubmitMessageRequest, sender: str = "b.example") -> None:
    with room.refusing(rule, code):
        room.ask(SUBMIT_MESSAGE, encode(request), sender)


def changed(request: SubmitMessageRequest, **changes: Any) -> SubmitMessageRequest:
    return replace(request, app_message=mls_message(replace(request.app_message.body, **changes)))


def accepted(answer: bytes) -> AcceptedMessage:
    body = decode(SubmitMessageResponse, answer).body
    assert isinstance(body, AcceptedMessage)
    return body


def test_a_message_with_a_tag_gets_a_frank_that_receivers_and_hub_can_check(room: Hub, bob: Member) -> None:
    request = message_request(bob.say(b"hello", beside=authenticated_data(TAG)), bob)
    answer, effects = room.ask(SUBMIT_MESSAGE, encode(request), "b.example")
    told = accepted(answer)
    found = brought(effects)
    assert list(found) == ["own", "b.example", "c.example"]
    for (message,) in found.values():
        assert (message.timestamp, message.message) == (told.accepted_timestamp, request.app_message)
        assert message.application is not None
        assert message.application.frank == told.frank
    assert told.accepted_timestamp >= NOW * 1000
    assert told.frank is not None
    said = ServerFrankingContext(bob.user, ROOM, told.accepted_timestamp)
    group = room.record.public
    check_frank(told.frank, said, franking_agent_of(group), "mimi://a.example", group.suite)
    check_server_frank(told.frank, TAG, said, room.facts.hub_key)


def test_without_tag_it_gets_none(room: Hub, bob: Member) -> None:
    answer, _ = room.ask(SUBMIT_MESSAGE, encode(message_request(bob.say(b"hello"), bob)), "b.example")
    assert accepted(answer).frank is None


def test_the_same_message_again_gets_the_same_answer_and_comes_once(room: Hub, bob: Member) -> None:
    body = encode(message_request(bob.say(b"hello", beside=authenticated_data(TAG)), bob))
    answer, _ = room.ask(SUBMIT_MESSAGE, body, "b.example")
    room.now += 100
    assert room.ask(SUBMIT_MESSAGE, body, "b.example") == (answer, ())


def test_only_application_messages_of_the_room_are_submitted(room: Hub, bob: Member) -> None:
    request = message_request(bob.say(b"hello"), bob)
    commit = replace(request, app_message=bob.commit().message)
    refused(room, "P6-4.3-FORM/PRIVATE", Code.malformed, commit)
    refused(room, "P6-4.3-FORM/APPLICATION", Code.malformed, changed(request, content_type=ContentType.commit))
    refused(room, "P6-4.3-FORM/GROUP", Code.malformed, changed(request, group_id=b"mimi://a.example/g/another"))


def test_a_provider_speaks_for_its_users_only(room: Hub, bob: Member) -> None:
    refused(room, "P6-4.3-SENDER", Code.not_authorized, message_request(bob.say(b"hello"), bob), "c.example")


def test_who_sends_takes_part(room: Hub, bob: Member) -> None:
    stranger = replace(message_request(bob.say(b"hello"), bob), sending_uri="mimi://b.example/u/bill")
    refused(room, "P6-4.3-MAY-SEND", Code.not_authorized, stranger)
    late = message_request(bob.say(b"hello"), bob)
    room.propose(bob, *leave(bob.group))
    refused(room, "P6-4.3-MAY-SEND", Code.not_authorized, late)


@pytest.mark.parametrize("beside", [b"", b"\x01", safe_aad({0x0040: TAG}), safe_aad({0x0020: b"short"})])
def test_beside_it_stands_a_tag_or_nothing(room: Hub, bob: Member, beside: bytes) -> None:
    refused(room, "P6-4.3-SAFE-AAD", Code.not_authorized, message_request(bob.say(b"hello", beside=beside), bob))


def test_it_is_of_the_current_epoch(room: Hub, bob: Member) -> None:
    request = message_request(bob.say(b"hello"), bob)
    refused(room, "P6-4.3-EPOCH/AHEAD", Code.not_authorized, changed(request, epoch=9))
    epoch = room.record.public.epoch
    room.commit(room.member("alice.phone@a"))
    with breaks("P6-4.3-EPOCH/OVER"):
        late = partial(submit_message, ROOM, request, "b.example")
        refusal = room.refuses(Code.wrong_epoch, late)
    assert refusal.current_epoch == epoch + 1


def test_the_tag_is_read_as_it_is(bob: Member) -> None:
    assert franking_tag_of(bob.say(b"hello", beside=authenticated_data(TAG)).body) == TAG
    assert franking_tag_of(bob.say(b"hello").body) is None


def test_a_room_that_requires_franking_takes_no_message_without_a_tag(room: Hub, bob: Member) -> None:
    alice = room.member("alice.phone@a")
    wanted = room_change(room.state, {}, {"require_franking": True})
    room.commit(alice, *wanted)
    with breaks("P6-7-REQUIRED"), pytest.raises(Refusal):
        room.ask(SUBMIT_MESSAGE, encode(message_request(bob.say(b"hello"), bob)), "b.example")
    request = message_request(bob.say(b"hello", beside=authenticated_data(TAG)), bob)
    assert accepted(room.ask(SUBMIT_MESSAGE, encode(request), "b.example")[0]).frank is not None
