"""What is left to do once a request is accepted. Services say it, `outbox.keep` writes it down, providers do it."""

from dataclasses import dataclass
from typing import TypeAlias

from simulator.services.commands import Deliver


@dataclass(frozen=True, slots=True)
class FanOut:
    """Hand the delivery to another provider: one request with all of its recipients."""

    provider: str
    delivery: Deliver


@dataclass(frozen=True, slots=True)
class Enqueue:
    """Put the delivery into the queues of our own clients."""

    delivery: Deliver


Effect: TypeAlias = FanOut | Enqueue
