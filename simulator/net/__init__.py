"""The adapters between providers and the wire: real TLS 1.3 and real HTTP between real names, over loopback sockets.

    HTTPClient --- Transport --- Network (name -> port) ~~~ TLS ~~~ Connection --- App --- handler
    (client/: client, transport)  (network, faults/)        (server/: connection, asgi)    (the provider's)

`tls/` has the contexts and handshakes of both sides, and the certificates; `links/` says what requests and answers take
in simulated time, where links are modelled.

Bytes in, bytes out: nothing here knows a struct, an endpoint or a rule of a draft. What crosses the border are the
values in `http.py`; what goes wrong on the client's side is a `TransportError`, what goes wrong on the server's side a
`TLSFailure` or a `ServerFault`, handed to a callback. Providers and clients enter here; the core never does.
"""

from simulator.net.client.client import HTTPClient
from simulator.net.clock import Clock
from simulator.net.errors import BadResponse, ConnectionLost, TimedOut, TLSRefused, TransportError, Unreachable
from simulator.net.http import Handler, HTTPReply, HTTPRequest, PeerFacts
from simulator.net.limits import ClientLimits, ServerLimits
from simulator.net.network import Address, Network
from simulator.net.server.server import Server, listening_socket, reserved_port, serve
from simulator.net.server_report import Report, ServerFault
from simulator.net.timeouts import Latch
from simulator.net.tls.certificate_names import dns_names
from simulator.net.tls.kept_authority import BadAuthority, kept_authority
from simulator.net.tls.pki import Authority, Credential, GivenCredential, Identity
from simulator.net.tls.probe import (
    TLSAccepted,
    TLSOutcome,
    TLSRefusal,
    probe_half,
    probe_plain,
    probe_tls,
    why_unreachable,
)

__all__ = [
    "Address",
    "Authority",
    "BadAuthority",
    "BadResponse",
    "ClientLimits",
    "Clock",
    "ConnectionLost",
    "Credential",
    "GivenCredential",
    "HTTPClient",
    "HTTPReply",
    "HTTPRequest",
    "Handler",
    "Identity",
    "Latch",
    "Network",
    "PeerFacts",
    "Report",
    "Server",
    "ServerFault",
    "ServerLimits",
    "TLSAccepted",
    "TLSOutcome",
    "TLSRefusal",
    "TLSRefused",
    "TimedOut",
    "TransportError",
    "Unreachable",
    "dns_names",
    "kept_authority",
    "listening_socket",
    "probe_half",
    "probe_plain",
    "probe_tls",
    "reserved_port",
    "serve",
    "why_unreachable",
]
