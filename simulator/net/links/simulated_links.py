"""Requests and answers on their way over links that take simulated time."""

from functools import partial
from hashlib import sha256

from simulator.net.client.attempt import FAILURES, Attempt, Onward
from simulator.net.client.outgoing import Outgoing
from simulator.net.clock import SimulatedClock
from simulator.net.http import HTTPReply
from simulator.net.links.arrivals import Arrivals
from simulator.net.links.line import Line, Message
from simulator.net.links.link import NetworkModel
from simulator.trace.events import Headers

_FIRST_LINE = len("  HTTP/1.1\r\n") + len("\r\n")
"""Octets of a request's head beside its method, its target and its fields (RFC 9112 2.1)."""
_STATUS_LINE = len("HTTP/1.1 200 \r\n") + len("\r\n")
_FIELD = len(": \r\n")


class SimulatedLinks:
    """The links of one federation."""

    def __init__(self, model: NetworkModel, seed: int, clock: SimulatedClock, arrivals: Arrivals) -> None:
        self._model = model
        self._seed = seed
        self._clock = clock
        self._arrivals = arrivals
        self._began = clock.nanoseconds
        self._lines: dict[tuple[str, str], Line] = {}

    def elapsed(self) -> int:
        """Simulated nanoseconds since the run began."""
        return self._clock.nanoseconds - self._began

    async def carry(self, attempt: Attempt, outgoing: Outgoing, onward: Onward) -> HTTPReply:
        """There, `onward`, and back; a provider's request to itself takes no time. That nobody is there, or that the
        connection was cut, is known when the way back is gone. Raises what `onward` raises.
        """
        route = attempt.route
        if route.sender == route.provider:
            return await onward(attempt)
        request = (route.sender, route.provider, route.host, route.method, route.path, _digest(attempt.body))
        octets = _FIRST_LINE + len(outgoing.method) + len(outgoing.target) + len(attempt.body)
        octets += sum(len(name) + len(value) + _FIELD for name, value in outgoing.headers)
        there, back = (route.sender, route.provider), (route.provider, route.sender)
        await self._cross(there, Message(("request", *request), octets), attempt)
        try:
            reply = await onward(attempt)
        except FAILURES:
            await self._cross(back, Message(("failure", *request), 0), attempt)
            raise
        answer = ("answer", *request, str(reply.status), _digest(reply.body))
        octets = _STATUS_LINE + _octets(reply.headers) + len(reply.body)
        await self._cross(back, Message(answer, octets), attempt)
        return reply

    async def _cross(self, way: tuple[str, str], message: Message, attempt: Attempt) -> None:
        line = self._lines.get(way)
        if line is None:
            line = self._lines[way] = Line(self._model.link(*way), self._seed)
        await self._arrivals.wait((*way, *message.key), partial(line.arrival, message=message), attempt.timeout)


def _octets(headers: Headers) -> int:
    return sum(len(name) + len(value) + _FIELD for name, value in headers)


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()
