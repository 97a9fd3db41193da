"""How much and how long each side bears with the other: bytes, seconds, connections."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """A server's patience with its peers."""

    body: int = 4 * MEBIBYTE
    """The largest body that a handler gets."""
    drain: int = 16 * MEBIBYTE
    """How much more of a larger body is read and thrown away, so that the answer arrives; then the peer is cut off."""
    handshake_seconds: float = 10
    head_seconds: float = 10
    """From a request's first byte (the first request: from the handshake) to the end of its headers."""
    body_seconds: float = 30
    send_seconds: float = 30
    """Per write, for a peer that does not read what it asked for."""
    keep_alive_seconds: float = 3600


@dataclass(frozen=True, slots=True)
class ClientLimits:
    """A client's patience with servers, and what it keeps open."""

    seconds: float = 30
    """For a whole exchange: connection, handshake, request and answer."""
    body: int = 16 * MEBIBYTE
    """The largest answer it takes."""
    connections: int = 64
    """To one host at a time; further requests wait for a free one. HTTP/2 needs just one."""
    idle: int = 256
    """Kept open for later, to all hosts together; the ones that have waited longest go first."""
