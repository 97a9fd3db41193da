"""What can go wrong between a request and its answer, said to people: who, whom, why."""

from simulator.errors import SimulatorError


class TransportError(SimulatorError):
    """No HTTP answer. `sender` asked `url`; `reason` is the part of the message that says why."""

    verb = "got no answer from"

    def __init__(self, sender: str, url: str, reason: str) -> None:
        super().__init__(f"{sender} {self.verb} {url}: {reason}")
        self.sender = sender
        self.url = url
        self.reason = reason


class Unreachable(TransportError):
    """Nobody has this name, or nobody listens there."""

    verb = "can't reach"


class TLSRefused(TransportError):
    """One side refused the other in the TLS handshake: certificate, version, missing client certificate."""

    verb = "has no TLS connection to"


class ConnectionLost(TransportError):
    """The connection ended before the answer did. The request may or may not have been carried out."""

    verb = "lost the connection to"


class TimedOut(TransportError):
    """No complete answer in time. The request may or may not have been carried out."""

    verb = "waited in vain for"


class BadResponse(TransportError):
    """What came back is no HTTP answer that we can take: malformed or too large."""

    verb = "got no usable answer from"
