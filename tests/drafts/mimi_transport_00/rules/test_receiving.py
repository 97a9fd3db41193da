"""What a guest takes from an owner, and what it refuses by which requirement."""

from dataclasses import replace

from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.mimi_transport_00.messages.queueing import (
    FanoutRecipient,
    FanoutRecipientType,
    QSRequestType,
    QueueingServiceRequestTBS,
)
from simulator.drafts.mimi_transport_00.requirements import REQUIREMENTS
from simulator.drafts.mimi_transport_00.rules.deliveries import read_message
from simulator.drafts.mimi_transport_00.rules.receiving import receive
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.proposals.proposals import Add
from simulator.services.delivery import queueing
from simulator.services.refusal import Code
from simulator.services.results import DeliveryResult
from tests.breaking import breaks
from tests.drafts.mimi_transport_00.sending import text
from tests.services.bench import Bench, Client

PHONE, LAPTOP, GONE = (f"mimi://b.example/d/bob/{device}" for device in ("phone", "laptop", "fridge"))
MESSAGE, REQUEST = QSRequestType.qs_deliver_message, QSRequestType.qs_connection_request


def asked(
    alice: Client, message: MLSMessage, *clients: str, request_type: QSRequestType = MESSAGE
) -> QueueingServiceRequestTBS:
    recipients = tuple(FanoutRecipient(FanoutRecipientType.client_identifier, client) for client in clients)
    return QueueingServiceRequestTBS(
        MIMI10, "a.example", "b.example", request_type, recipients, alice.group.group_id, message
    )


def refused(
    follower: Bench, code: Code, request: QueueingServiceRequestTBS, asked_for: QSRequestType | None = None
) -> tuple[str | None, str]:
    """Requirement and words of the refusal; asked at the endpoint for it unless said otherwise."""
    at = asked_for or request.request_type
    refusal = follower.refuses(code, lambda context: receive(request, at, context))
    assert refusal.requirement in {each.id for each in REQUIREMENTS}
    return refusal.requirement, refusal.rule


def test_only_the_owner_delivers(follower: Bench, alice: Client) -> None:
    request = asked(alice, text(alice), PHONE)
    group = "mimi://a.example/g/1"
    with breaks("P-5-OWNER/SENDER"):
        assert refused(follower, Code.not_authorized, replace(request, sender="c.example")) == (
            "P-5-OWNER",
            f"c.example can't deliver for {group}, which a.example owns",
        )
    with breaks("P-5-OWNER/NAME"):
        requirement, words = refused(follower, Code.not_authorized, replace(request, group_id=b"?"))
    assert requirement == "P-5-OWNER"
    assert words.startswith("nobody owns this group: ")


@breaks("P-4-WRONG-ENDPOINT/DELIVERY")
def test_each_type_of_request_has_its_endpoint(follower: Bench, alice: Client) -> None:
    assert refused(follower, Code.unsupported_operation, asked(alice, text(alice), PHONE), REQUEST) == (
        "P-4-WRONG-ENDPOINT",
        "qs_deliver_message is not asked at /connection_request",
    )


@breaks("P-5-MESSAGE/GROUP")
def test_the_message_is_of_the_group(follower: Bench, alice: Client) -> None:
    other = replace(asked(alice, text(alice), PHONE), group_id=b"mimi://a.example/g/other")
    assert refused(follower, Code.malformed, other) == (
        "P-5-MESSAGE",
        "the message is of another group than the delivery says",
    )


def test_welcomes_come_both_ways_the_rest_only_one(follower: Bench, alice: Client) -> None:
    bundle = alice.commit(Add(follower.client("bob.phone@b").key_package()))
    welcome = bundle.welcomes[0]
    for request in (
        asked(alice, welcome, PHONE),
        asked(alice, welcome, LAPTOP, request_type=REQUEST),
        asked(alice, bundle.message, PHONE),
    ):
        follower.do(lambda context, request=request: receive(request, request.request_type, context))
    (queued,) = follower.do(lambda context: queueing.fetch(LAPTOP, context))
    assert read_message(queued).asks_consent
    with breaks("P-5-WELCOME-ENDPOINT"):
        assert refused(follower, Code.malformed, asked(alice, bundle.message, PHONE, request_type=REQUEST)) == (
            "P-5-WELCOME-ENDPOINT",
            "a PublicMessage does not come as connection_request",
        )
    for body in (alice.group.group_info(), alice.key_package()):
        words = f"a {type(body).__name__} does not come as deliver_message"
        with breaks("P-5-MESSAGE/KIND"):
            assert refused(follower, Code.malformed, asked(alice, mls_message(body), PHONE)) == ("P-5-MESSAGE", words)


@breaks("P-5-RECIPIENTS")
def test_a_delivery_has_recipients_but_not_too_many(follower: Bench, alice: Client) -> None:
    message = text(alice)
    assert refused(follower, Code.malformed, asked(alice, message)) == (
        "P-5-RECIPIENTS",
        "0 recipients, not 1 to 10000",
    )
    follower.policy = replace(follower.policy, max_recipients=1)
    assert refused(follower, Code.malformed, asked(alice, message, PHONE, LAPTOP)) == (
        "P-5-RECIPIENTS",
        "2 recipients, not 1 to 1",
    )


def test_whoever_is_no_client_here_is_named(follower: Bench, alice: Client) -> None:
    result = follower.do(lambda context: receive(asked(alice, text(alice), GONE, PHONE), MESSAGE, context))
    assert result == DeliveryResult((GONE,))
    assert len(follower.do(lambda context: queueing.fetch(PHONE, context))) == 1
