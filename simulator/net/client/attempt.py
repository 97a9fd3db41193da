"""One request and its answer between two providers, as the network sees them pass: what faults take hold of."""

from collections.abc import Awaitable, Callable
from dataclasses import field

from simulator.dataclass import dataclass
from simulator.net.client.request_route import NoRoute, RequestRoute
from simulator.net.client.wire import Pace, WireError
from simulator.net.http import HTTPReply, PeerFacts
from simulator.net.timeouts import Timeout
from simulator.net.tls.tls import HandshakeError


@dataclass(slots=True)
class Timings:
    """How a request got through, filled in on its way. Times are trio's, in seconds."""

    connection: int | None = None
    """The number of the connection it went over."""
    peer: PeerFacts | None = None
    """Who was at the other end of that."""
    opened: float | None = None
    """When that was its own."""
    answered: float | None = None
    """When the head of the answer was there."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A request that is about to go to its peer."""

    route: RequestRoute
    body: bytes
    timeout: Timeout
    faults: list[str] = field(compare=False)
    """The names of the faults that it met, for the recorder."""
    sending: Pace | None = None
    """How its bytes go, if not at once."""
    reading: Pace | None = None
    """How the answer's bytes come."""
    timings: Timings = field(default_factory=Timings, compare=False)
    """For the recorder, too."""


Onward = Callable[[Attempt], Awaitable[HTTPReply]]
"""The rest of the way: further faults, then the peer. May be gone more than once, or never."""


class Lost(Exception):
    """The connection is gone; the message says how. The client makes a `ConnectionLost` of it."""


class AnswerTooLarge(Exception):
    """The answer's body exceeds the client's limit. Never leaves this package."""


class MalformedAnswer(Exception):
    """What came is not HTTP; the message says why. Never leaves this package."""


FAILURES = (
    NoRoute,
    Lost,
    HandshakeError,
    AnswerTooLarge,
    MalformedAnswer,
    OSError,
    WireError,
)
"""What the rest of the way raises where there is no answer."""
