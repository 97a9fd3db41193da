"""The types of a draft, and the list of drafts."""

from dataclasses import replace

import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.draft import Envelope, Reply
from simulator.services.commands import WelcomeInfo
from simulator.services.refusal import Code, Refusal


def test_drafts_have_names_of_their_own() -> None:
    assert [draft.name for draft in DRAFTS] == ["mimi-transport-00"]


def test_endpoints_are_found_by_path_and_by_name() -> None:
    (draft,) = DRAFTS
    endpoint = draft.named("deliver_message")
    assert draft.endpoint("/deliver_message") is endpoint
    assert draft.endpoint("/deliver_message/") is None
    assert draft.discovery in draft.endpoints
    with pytest.raises(KeyError):
        draft.named("nothing")


def test_every_struct_of_an_endpoint_has_a_name() -> None:
    (draft,) = DRAFTS
    for endpoint in draft.endpoints:
        for struct in (endpoint.request, endpoint.response):
            assert struct is None or draft.structs[struct.__name__] is struct


def test_what_a_body_asks_for_and_what_one_that_can_not_be_read_is_called() -> None:
    (draft,) = DRAFTS
    asked = draft.write(WelcomeInfo(b"group", 1), sender="b.example", recipient="a.example")
    assert asked.endpoint.operation_of(asked.body) == asked.operation == "welcome_info"
    assert draft.named("group_operation").operation_of(asked.body) == "welcome_info"
    assert asked.endpoint.operation_of(asked.body[:-1]) == "welcome_info"
    assert asked.endpoint.operation_of(asked.body[:10]) == "welcome_information"
    assert draft.discovery.operation_of(b"") == "ds_domain"


def test_no_two_requirements_of_a_draft_have_one_id() -> None:
    (draft,) = DRAFTS
    first = draft.requirements[0]
    with pytest.raises(ValueError, match=f"{draft.name} has more than one requirement called {first.id}$"):
        replace(draft, requirements=(*draft.requirements, replace(first, text="Something else.")))


def test_a_request_is_for_its_recipient() -> None:
    Envelope("ds_domain").check_recipient("a.example")
    envelope = Envelope("add_users", "b.example", "a.example")
    envelope.check_recipient("a.example")
    with pytest.raises(Refusal, match=r"this is for a\.example, not for c\.example") as caught:
        envelope.check_recipient("c.example")
    assert caught.value.code is Code.wrong_recipient


def test_headers_are_found_whatever_their_case() -> None:
    reply = Reply(200, (("Content-Type", "text/plain"), ("x", "1"), ("x", "2")), b"")
    assert reply.header("content-type") == "text/plain"
    assert reply.header("x") == "1"
    assert reply.header("y") is None
