"""What is left to do once a request is accepted. Services say it, `outbox.keep` writes it down, providers do it."""

from typing import TypeAlias

from simulator.dataclass import dataclass
from simulator.services.delivery.deliveries import Delivery


@dataclass(frozen=True, slots=True)
class FanOut:
    """Hand the delivery to another provider: one request."""

    provider: str
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class Enqueue:
    """Put the delivery into the queues of our own clients."""

    delivery: Delivery


Effect: TypeAlias = FanOut | Enqueue
