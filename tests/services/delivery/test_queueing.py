"""What is queued, for whom, and until when."""

from simulator.services.delivery import queueing
from simulator.services.delivery.deliveries import Delivery
from simulator.services.refusal import Code
from simulator.services.results import DeliveryResult
from simulator.storage import QueuedMessage
from tests.services.bench import Bench

GROUP = b"mimi://a.example/g/1"
PHONE, LAPTOP = "mimi://b.example/d/bob/phone", "mimi://b.example/d/bob/laptop"


def enqueue(follower: Bench, payload: bytes, *clients: str, sender: str = "a.example") -> DeliveryResult:
    delivery = Delivery("notify", GROUP, clients, payload)
    return follower.do(lambda context: queueing.enqueue(delivery, sender, context))


def fetch(follower: Bench, client: str) -> tuple[QueuedMessage, ...]:
    return follower.do(lambda context: queueing.fetch(client, context))


def test_each_recipient_gets_messages_in_order(follower: Bench) -> None:
    assert enqueue(follower, b"first", PHONE, LAPTOP) == DeliveryResult()
    assert enqueue(follower, b"second", PHONE) == DeliveryResult()
    assert fetch(follower, PHONE) == (
        QueuedMessage(1, "a.example", GROUP, b"first"),
        QueuedMessage(2, "a.example", GROUP, b"second"),
    )
    follower.do(lambda context: queueing.acknowledge(PHONE, 1, context))
    assert [message.number for message in fetch(follower, PHONE)] == [2]
    assert len(fetch(follower, LAPTOP)) == 1


def test_the_same_message_again_is_queued_once(follower: Bench) -> None:
    """Also to a client that has it already, beside one that gets it for the first time."""
    enqueue(follower, b"message", PHONE)
    before = follower.store.fingerprint()
    assert enqueue(follower, b"message", PHONE, PHONE) == DeliveryResult()
    assert follower.store.fingerprint() == before
    enqueue(follower, b"message", PHONE, LAPTOP)
    enqueue(follower, b"message", PHONE, sender="c.example")
    assert [len(fetch(follower, client)) for client in (PHONE, LAPTOP)] == [2, 1]


def test_unknown_clients_are_named_and_the_rest_is_queued(follower: Bench) -> None:
    gone, foreign = "mimi://b.example/d/bob/fridge", "mimi://c.example/d/carol/phone"
    result = enqueue(follower, b"message", gone, PHONE, foreign, "junk", gone)
    assert result == DeliveryResult((gone, foreign, "junk"))
    assert len(fetch(follower, PHONE)) == 1


def test_queues_are_for_own_clients(follower: Bench) -> None:
    follower.refuses(Code.unknown_user, lambda context: queueing.fetch("mimi://a.example/d/alice/phone", context))
    follower.refuses(
        Code.unknown_user, lambda context: queueing.acknowledge("mimi://a.example/d/alice/phone", 1, context)
    )
