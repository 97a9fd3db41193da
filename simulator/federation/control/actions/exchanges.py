"""What was on the wire."""

from typing import Annotated, Any, ClassVar

import msgspec

from simulator.federation.control.action import Action, Answer
from simulator.federation.control.operator import Operator


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """One HTTP request of ours and what became of it."""

    number: int
    sender: str
    recipient: str
    """The host in the URL."""
    endpoint: str
    status: int | None
    """None where no answer came."""
    error: str | None
    fault: str | None
    """The injected faults that it met."""
    request: str
    """The body in hex."""
    response: str
    """The body in hex."""


class Tail(Answer, frozen=True, kw_only=True):
    """The newest exchanges, oldest first."""

    exchanges: tuple[Seen, ...]


class Exchanges(Action, frozen=True, kw_only=True):
    """Tell the HTTP exchanges that our providers began, as they saw them: the newest of those that have ended.

    What others ask our providers is seen by the others alone.
    """

    name: ClassVar[str] = "exchanges"
    example: ClassVar[dict[str, Any]] = {"last": 5}

    last: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 20

    async def run(self, operator: Operator) -> Tail:
        """From the recorder."""
        return Tail(
            exchanges=tuple(
                Seen(
                    number=exchange.number,
                    sender=exchange.sender,
                    recipient=exchange.recipient,
                    endpoint=exchange.endpoint,
                    status=exchange.status,
                    error=exchange.error,
                    fault=exchange.fault,
                    request=exchange.request.hex(),
                    response=exchange.response.hex(),
                )
                for exchange in operator.session.recorder.exchanges[-self.last :]
            )
        )
