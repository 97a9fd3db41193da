"""Certificates: one authority per federation, good certificates and bad ones, and the TLS contexts that use them.

Keys are ECDSA P-256, a fresh one per certificate. Certificates are made when the first handshake needs them, so that
a federation of hundreds of providers starts at once.

Where a federation has members that it does not start, their authorities are trusted besides its own: for every name,
as in the Web's PKI.
"""

import os
import ssl
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Protocol, Self

import trustme
from cryptography.hazmat.primitives.serialization import Encoding

from simulator.dataclass import dataclass
from simulator.net.tls.leaf_certificate import Leaf, issue
from simulator.net.tls.tls import PROTOCOLS


class Credential(Protocol):
    """What one side of a handshake shows, with what proves it."""

    @property
    def pem(self) -> bytes:
        """Private key and certificate chain, PEM."""
        ...


class Identity:
    """A certificate for `names` with its own private key, issued by `issuer` on first use."""

    def __init__(self, issuer: trustme.CA, names: tuple[str, ...], not_after: datetime | None = None) -> None:
        self.names = names
        """The DNS names in the certificate (subjectAltName)."""
        self._issuer = issuer
        self._not_after = not_after

    @cached_property
    def _leaf(self) -> Leaf:
        return issue(self._issuer, self.names, self._not_after)

    @property
    def pem(self) -> bytes:
        """Private key and certificate, PEM."""
        return self._leaf.pem

    @property
    def certificate(self) -> bytes:
        """The certificate, DER."""
        return self._leaf.certificate.public_bytes(Encoding.DER)


@dataclass(frozen=True, slots=True)
class GivenCredential:
    """A credential from somewhere else, as it is."""

    pem: bytes

    @classmethod
    def read(cls, path: Path) -> Self:
        """From a PEM file with a certificate, its chain and its private key. Raises OSError, and ssl.SSLError for a
        file that holds something else.
        """
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain(path)
        return cls(path.read_bytes())


class Authority:
    """A federation's certificate authority, with everything that its members and their attackers need from it.

    It is new each time, unless `ca` brings one along.
    """

    def __init__(self, ca: trustme.CA | None = None) -> None:
        self._ca = ca or trustme.CA()
        self._trusted = self.certificate_pem.decode("ascii")
        self._shared: dict[bool, ssl.SSLContext] = {}
        self._at_host: dict[str, Credential] = {}
        self._contexts: dict[tuple[str, bool], ssl.SSLContext] = {}

    @property
    def certificate_pem(self) -> bytes:
        """The authority's own certificate: what a verifier must trust."""
        return self._ca.cert_pem.bytes()

    @property
    def private_key_pem(self) -> bytes:
        """The key that it signs with: for processes of the same federation."""
        return self._ca.private_key_pem.bytes()

    @classmethod
    def from_pem(cls, certificate: bytes, private_key: bytes) -> Self:
        """The authority with this certificate and key. Raises ValueError and TypeError for what is none."""
        return cls(trustme.CA.from_pem(certificate, private_key))

    def trust(self, certificates_pem: str) -> None:
        """Let our servers and clients believe what these authorities issue, too. Only contexts made after this do.

        Raises ssl.SSLError where that is no PEM with certificates.
        """
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=certificates_pem)
        self._trusted += certificates_pem

    def show(self, host: str, credential: Credential) -> None:
        """Let all our clients show this to the server `host` if it asks, instead of what is their own."""
        self._at_host[host] = credential
        for http2 in (False, True):
            self._contexts.pop((host, http2), None)

    @cached_property
    def _unknown_authority(self) -> trustme.CA:
        return trustme.CA()

    def identity(self, provider: str, *hosts: str) -> Identity:
        """A good certificate for a provider: its domain and its service hosts."""
        return Identity(self._ca, (provider, *hosts))

    def expired(self, provider: str, *hosts: str) -> Identity:
        """The right names from the right authority, but valid from 2000 to 2001 only."""
        return Identity(self._ca, (provider, *hosts), not_after=datetime(2001, 1, 1, tzinfo=UTC))

    def wrong_name(self, provider: str) -> Identity:
        """A certificate of this authority that covers a name other than the provider's."""
        return Identity(self._ca, (f"not-{provider}",))

    def foreign(self, provider: str, *hosts: str) -> Identity:
        """The right names, issued by an authority that nobody here trusts."""
        return Identity(self._unknown_authority, (provider, *hosts))

    def server_context(self, identity: Credential, *, mutual_tls: bool = False) -> ssl.SSLContext:
        """A server's context: TLS 1.3 only; with `mutual_tls` a client without a certificate we trust is refused."""
        context = _LazyContext(ssl.PROTOCOL_TLS_SERVER)
        context.identity = identity
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.num_tickets = 0  # our clients resume no session: tickets would only cost
        context.set_alpn_protocols(list(PROTOCOLS))
        if mutual_tls:
            context.load_verify_locations(cadata=self._trusted)
            context.verify_mode = ssl.CERT_REQUIRED
        return context

    def client_context(self, identity: Credential | None = None, *, http2: bool = False) -> ssl.SSLContext:
        """A client's context: TLS 1.3 only; verifies chain, validity and host name; shows `identity` when asked, unless
        `show` says otherwise for that server.

        One per HTTP version, because ALPN is a property of the context. Those without identity are shared.
        """
        if identity is None and http2 in self._shared:
            return self._shared[http2]
        context = self._modern_context(identity, http2)
        context.at_host = partial(self._context_at, http2)
        if identity is None:
            self._shared[http2] = context
        return context

    def weak_client_context(self, identity: Identity | None = None) -> ssl.SSLContext:
        """For attacks only: a client that speaks nothing newer than TLS 1.2."""
        context = self._client_context("http/1.1")
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.identity = identity
        return context

    def _context_at(self, http2: bool, host: str) -> ssl.SSLContext | None:
        """The context for a host that is shown something of its own; one per HTTP version, whoever asks."""
        credential = self._at_host.get(host)
        if credential is None:
            return None
        if (host, http2) not in self._contexts:
            self._contexts[host, http2] = self._modern_context(credential, http2)
        return self._contexts[host, http2]

    def _modern_context(self, identity: Credential | None, http2: bool) -> "_LazyContext":
        context = self._client_context("h2" if http2 else "http/1.1")
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.identity = identity
        return context

    def careless_client_context(self, alpn: str = "http/1.1", identity: Identity | None = None) -> ssl.SSLContext:
        """For attacks only: TLS 1.3 that does not care whom it reaches, and offers any application protocol."""
        context = self._client_context(alpn)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.check_hostname = False
        context.identity = identity
        return context

    def _client_context(self, alpn: str) -> "_LazyContext":
        context = _LazyContext(ssl.PROTOCOL_TLS_CLIENT)
        context.hostname_checks_common_name = False  # names are in the subjectAltName (RFC 9525 2, RFC 9110 4.3.4)
        context.load_verify_locations(cadata=self._trusted)
        context.set_alpn_protocols([alpn])
        return context


class _LazyContext(ssl.SSLContext):
    """A context that loads its own certificate (if it has one) when the first handshake begins."""

    identity: Credential | None = None
    at_host: Callable[[str], ssl.SSLContext | None] | None = None
    """Which context takes the place of this one for a handshake with a certain server."""

    def wrap_bio(
        self,
        incoming: ssl.MemoryBIO,
        outgoing: ssl.MemoryBIO,
        server_side: bool = False,
        server_hostname: str | bytes | None = None,
        session: ssl.SSLSession | None = None,
    ) -> ssl.SSLObject:
        host = server_hostname.decode("ascii") if isinstance(server_hostname, bytes) else server_hostname
        other = self.at_host(host) if self.at_host and host else None
        if other is not None:
            return other.wrap_bio(incoming, outgoing, server_side, server_hostname, session)
        if self.identity is not None:
            with _as_file(self.identity.pem) as path:
                self.load_cert_chain(path)
            self.identity = None
        return super().wrap_bio(incoming, outgoing, server_side, server_hostname, session)


@contextmanager
def _as_file(pem: bytes) -> Iterator[str]:
    """A path under which `ssl` can read `pem`: in memory where the system can do that, else a private file."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("certificate")
        try:
            os.write(descriptor, pem)
            yield f"/proc/self/fd/{descriptor}"
        finally:
            os.close(descriptor)
    else:
        with tempfile.NamedTemporaryFile(suffix=".pem") as file:
            file.write(pem)
            file.flush()
            yield file.name
