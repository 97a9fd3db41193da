"""How much and how long each side bears with the other: bytes, seconds, connections."""

from simulator.dataclass import dataclass

KIBIBYTE = 1024
MEBIBYTE = 1024 * KIBIBYTE


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """A server's timeouts and bounds."""

    connections: int = 1024
    """Open at a time, over all peers. A further one is closed before its TLS handshake, which would cost most."""
    connections_per_peer: int = 128
    """The same for one peer address, so that one peer can't take all of them."""
    requests_per_connection: int = 128
    """Served at a time on one connection (HTTP/2), counting those whose stream the peer has reset meanwhile."""
    turns_per_peer: int = 1
    """Requests of one peer address that are worked on at a time; the rest wait in line, by however many connections
    they come. So another peer's request waits behind one of a flooder's, not behind all of them."""
    turn_seconds: float = 0.25
    """How long the first in line waits: a request that takes longer waits for another host itself."""
    head: int = 16 * KIBIBYTE
    """A request's path and headers, counted as in RFC 9113 10.5.1; one more than this gets a 431."""
    headers: int = 64
    """How many headers a request has at most."""
    body: int = 4 * MEBIBYTE
    """The largest body that a handler gets."""
    drain: int = 16 * MEBIBYTE
    """How much more of a larger body is read and thrown away, so that the answer arrives; then the peer is cut off."""
    bodies: int = 128 * MEBIBYTE
    """Bytes of bodies that are being received or worked on, over all peers; beyond it a request gets a 503."""
    bodies_per_peer: int = 16 * MEBIBYTE
    """The same for one peer address; never less than one body."""
    header_block: int = 32 * KIBIBYTE
    """HTTP/2: bytes of a request's headers as they are sent, compressed; one more ends the connection."""
    idle_frames: int = 1000
    """HTTP/2: frames from one request to the next that ask for nothing; one more ends the connection."""
    handshake_seconds: float = 10
    head_seconds: float = 10
    """From a request's first byte (the first request: from the handshake) to the end of its headers."""
    body_seconds: float = 30
    reply_seconds: float = 120
    """For the handler: then the peer gets a 503. Longer than a handler needs that has to ask other hosts first."""
    send_seconds: float = 30
    """For a peer that does not read what it asked for: per write; on HTTP/2, where it opens a window, per reply."""
    keep_alive_seconds: float = 3600


@dataclass(frozen=True, slots=True)
class ClientLimits:
    """A client's timeouts, and what it keeps open."""

    seconds: float = 30
    """For a whole exchange: connection, handshake, request and answer."""
    body: int = 16 * MEBIBYTE
    """The largest answer it takes."""
    connections: int = 64
    """To one host at a time; further requests wait for a free one. HTTP/2 needs just one."""
    idle: int = 256
    """Kept open for later, to all hosts together; the ones that have waited longest go first."""
