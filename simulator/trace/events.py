"""The events of a run. Times and local addresses differ from run to run and so are no part of equality."""

from dataclasses import dataclass, field

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One HTTP request and what became of it, as its sender saw it: an answer (`status`) or a failure (`error`)."""

    sender: str
    """Who asked: a provider or a client, by name."""
    recipient: str
    """Whom: the host name in the URL."""
    endpoint: str
    """The endpoint's name, where the caller gave one, else the path."""
    method: str
    url: str
    request_headers: Headers
    request: bytes
    http_version: str | None = None
    tls_version: str | None = None
    cipher: str | None = None
    status: int | None = None
    response_headers: Headers = ()
    response: bytes = b""
    error: str | None = None
    """The people's message of the failure; None where an answer came, whatever its status."""
    fault: str | None = None
    """The names of the faults that the network had for it, in their order, or None."""
    started: float = field(compare=False)
    """Unix time in seconds."""
    seconds: float = field(compare=False)
    """From the request to the end of the answer or the failure."""
    number: int = 0
    """Place in the run, counted from 1 by the recorder: exchanges are numbered as they begin, not as they end."""
    step: str | None = None
    """The scenario step during which it began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TLSFailure:
    """A handshake that a server refused or that its peer gave up: nobody got as far as HTTP."""

    server: str
    reason: str
    peer: tuple[str, int] = field(compare=False)
    """Loopback address and port the connection came from."""
    started: float = field(compare=False)
    number: int = 0
    step: str | None = None


Event = Exchange | TLSFailure
