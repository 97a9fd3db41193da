"""What a server of a test's own answers in the place of b.example, and who has asked for what."""

from collections.abc import Callable

from simulator.federation import Session
from simulator.net import HTTPReply, HTTPRequest


def requests(session: Session, sender: str, endpoint: str) -> int:
    """How often a provider has asked at an endpoint."""
    return sum(1 for e in session.recorder.exchanges if (e.sender, e.endpoint) == (sender, endpoint))


Answer = Callable[[HTTPRequest], HTTPReply]
OCTETS = "application/octet-stream"
TEXT = (("content-type", "text/plain; charset=us-ascii"),)


def discovered_at(host: str) -> Answer:
    """It is served at `host`."""
    return lambda _: HTTPReply(200, TEXT, host.encode())
