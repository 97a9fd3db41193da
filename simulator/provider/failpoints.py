"""Failpoints: named points of a message's way through providers, from its request to the client that has it.

A provider may break down at each of them and must lose nothing; here is where one can make it.
"""

from collections.abc import Callable
from enum import Enum

from simulator.net import ConnectionLost


class Failpoint(Enum):
    """How far a provider has come; the operation beside it says with what."""

    DECODED = "a request is decoded, and is meant for us"
    VERIFIED = "whoever asks may ask: the transaction comes next"
    DECIDED = "the request is carried out, the transaction not yet committed"
    COMMITTED = "the transaction is committed: the answer comes next"
    FORWARDING = "a request of one of our clients is about to go to the group's hub"
    FORWARDED = "the hub has answered, the client does not know yet"
    PAYING = "a request is about to go with a token, and that is written down"
    PAID = "it was answered, the payment is not settled yet"
    ASKING = "a token is about to be asked for, and with what is written down"
    ASKED = "the issuer has answered, the wallet does not know yet"
    DELIVERING = "a message from the outbox is about to go to its provider"
    DELIVERED = "that provider has answered, the outbox does not know yet"
    SETTLING = "the answer is in the outbox, the transaction not yet committed"
    SETTLED = "the outbox knows: the next message comes next"
    FETCHED = "a client is about to get what waits for it"
    ACKNOWLEDGING = "a client has read a message and says so"
    ACKNOWLEDGED = "the message is off the queue, the client does not know yet"


class ProviderCrashed(ConnectionLost):
    """This provider has just crashed. Its own clients see a lost connection, and nobody else sees anything."""


class Failpoints:
    """Asked at each point whether the provider crashes there; it does not, unless somebody sets `crashes`."""

    def __init__(self, provider: str, crash: Callable[[], None]) -> None:
        self.crashes: Callable[[Failpoint, str], bool] = lambda point, operation: False
        self._provider = provider
        self._crash = crash

    def reached(self, point: Failpoint, operation: str) -> None:
        """The provider has come to a point. Raises Broken if that is the end of it."""
        if self.crashes(point, operation):
            self._crash()
            raise ProviderCrashed(f"a user of {self._provider}", self._provider, f"it crashed: {point.value}")
