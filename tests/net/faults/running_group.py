"""A group in a running federation, for tests of faults: send, settle, look what arrived."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from simulator.clients.operations import Send
from simulator.federation import Session
from simulator.net.faults import RequestMatch
from simulator.trace import Exchange

BOTH_HTTP = pytest.mark.parametrize("session", [False, True], indirect=True, ids=["http1", "http2"])

TO_BOB = RequestMatch(recipient="b.example", endpoint="deliver_message")


def first(count: int = 1, **properties: Any) -> RequestMatch:
    """The first deliveries to bob's provider, or the first requests with these properties."""
    return RequestMatch(**(properties or {"recipient": "b.example", "endpoint": "deliver_message"}), times=count)


@dataclass
class RunningGroup:
    session: Session
    group: str
    begun: int = field(init=False)

    def __post_init__(self) -> None:
        self.begun = len(self.session.recorder.exchanges)

    async def say(self, *texts: bytes, sender: str = "alice") -> None:
        """Send, and settle after that."""
        for text in texts:
            await self.session.client(sender).perform(Send(self.group, text))
        await self.session.settle()

    async def later(self, seconds: int) -> None:
        """Let time pass, second by second, and happen what happens meanwhile."""
        for _ in range(seconds):
            self.session.advance(1)
            await self.session.settle()

    def inbox(self, client: str) -> list[bytes]:
        """What a client has read, in order."""
        return [received.data for received in self.session.client(client).inbox]

    @property
    def deliveries(self) -> list[Exchange]:
        """The attempts so far to deliver to bob's provider."""
        return [e for e in self.exchanges if (e.recipient, e.endpoint) == ("ds.b.example", "deliver_message")]

    @property
    def exchanges(self) -> list[Exchange]:
        """Everything since the group was there."""
        return list(self.session.recorder.exchanges[self.begun :])
