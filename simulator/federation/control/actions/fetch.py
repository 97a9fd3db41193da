"""What a client has received."""

from typing import Annotated, Any, ClassVar

import msgspec
import trio

from simulator.clients.events.events import Received
from simulator.federation.control.action import Action, Answer, ClientName, Since
from simulator.federation.control.operator import Operator

GLANCE = 0.1
"""Seconds between two looks while waiting."""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """An application message."""

    group: str
    epoch: int
    """The one it was sent in."""
    sender: str
    """The URI of the client that sent it."""
    text: str
    """The content as UTF-8; what is none is replaced by U+FFFD."""
    hex: str
    """The content as it is."""


class Fetched(Answer, frozen=True, kw_only=True):
    """Messages in the order in which they were read; `next` is the `since` that continues here. The last thousand are
    kept.
    """

    messages: tuple[Message, ...]
    next: int


class Fetch(Action, frozen=True, kw_only=True):
    """Read the client's queue, and tell which application messages it has received, each time all `since` a number.

    With `wait` the answer comes as soon as there is a message, at the latest after so many seconds.
    """

    name: ClassVar[str] = "fetch"
    example: ClassVar[dict[str, Any]] = {"client": "bob", "since": 0, "wait": 10}

    client: ClientName
    since: Since = 0
    wait: Annotated[float, msgspec.Meta(ge=0, le=60, description="seconds")] = 0

    async def run(self, operator: Operator) -> Fetched:
        """Read again until there is something to tell, or the wait is over."""
        deadline = trio.current_time() + self.wait
        fresh, total = await self._read(operator)
        while not fresh and trio.current_time() < deadline:
            await trio.sleep(GLANCE)
            fresh, total = await self._read(operator)
        messages = tuple(
            Message(
                group=received.group,
                epoch=received.epoch,
                sender=received.sender,
                text=received.data.decode(errors="replace"),
                hex=received.data.hex(),
            )
            for received in fresh
        )
        return Fetched(messages=messages, next=total)

    async def _read(self, operator: Operator) -> tuple[tuple[Received, ...], int]:
        async with operator.acting(self.client) as client:
            return client.events.messages_since(self.since)
