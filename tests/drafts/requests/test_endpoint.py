"""An endpoint's requests and answers."""

from simulator.drafts import DRAFTS
from simulator.drafts.requests.endpoint import Reply
from simulator.services.commands import FetchTree


def test_what_a_body_asks_for_and_what_one_that_can_not_be_read_is_called() -> None:
    draft = DRAFTS[0]
    asked = draft.write(FetchTree(b"group", 1), sender="b.example", recipient="a.example")
    assert asked.endpoint.operation_of(asked.wire_request) == asked.operation == "welcome_info"
    assert draft.named("group_operation").operation_of(asked.wire_request) == "welcome_info"
    assert asked.endpoint.operation_of(asked.endpoint.wire_request(asked.body[:-1])) == "welcome_info"
    assert asked.endpoint.operation_of(asked.endpoint.wire_request(asked.body[:10])) == "welcome_information"
    assert draft.discovery.endpoint.operation_of(draft.discovery.endpoint.wire_request()) == "ds_domain"


def test_headers_are_found_whatever_their_case() -> None:
    reply = Reply(200, (("Content-Type", "text/plain"), ("x", "1"), ("x", "2")), b"")
    assert reply.header("content-type") == "text/plain"
    assert reply.header("x") == "1"
    assert reply.header("y") is None
