"""Answers that do not come from the peer."""

from simulator.net.client.attempt import Attempt, Onward
from simulator.net.faults.chance import of_attempt
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class Respond(RequestFault, frozen=True, kw_only=True, tag="respond"):
    """Something in front of the peer answers in its place, as a load balancer does: 503, or 429 with Retry-After. The
    peer never hears of the request.
    """

    status: int = 503
    retry_after: int | str | None = None
    """Seconds, or whatever else somebody writes there: a date (RFC 9110 10.2.3), nonsense."""
    retry_after_any: tuple[int | str, ...] = ()
    """One of these instead; which one follows from the request's bytes."""
    content_type: str | None = None
    body: bytes = b""

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """Come back at once."""
        several = self.retry_after_any
        later = several[int(of_attempt(attempt, 0, "when") * len(several))] if several else self.retry_after
        headers = {"content-type": self.content_type, "retry-after": later}
        given = tuple((name, str(value)) for name, value in headers.items() if value is not None)
        return HTTPReply(self.status, given, self.body)
