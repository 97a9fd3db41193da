"""TLS on a trio stream, for both sides: the handshake, with facts or the reason why it failed, and the close."""

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import inf

import trio

from simulator.dataclass import dataclass
from simulator.net.tls.client_hello import ClientHello
from simulator.printable import printable

TLSStream = trio.SSLStream[trio.SocketStream]

PROTOCOLS = ("h2", "http/1.1")
"""What a server speaks (ALPN), in the order in which it prefers them."""

GOODBYE = 1
"""Seconds for a close_notify to leave, on a connection whose peer may have stopped to read."""

_LOCATION = re.compile(r"^\[SSL\] | \(_ssl\.c:\d+\)$")
"""What Python writes around OpenSSL's words where it has no constant for them."""

_NO_APPLICATION_PROTOCOL = bytes.fromhex("15 0303 0002 02 78")
"""A fatal alert, number 120, in a record of its own (RFC 8446 5.1, 6.2)."""


@dataclass(frozen=True, slots=True)
class TLSFacts:
    """What a finished handshake agreed on."""

    version: str
    cipher: str
    alpn: str | None
    certificate: bytes | None
    """The peer's, DER; None where it showed none."""


class HandshakeError(Exception):
    """The handshake failed; the message is the reason, in words. Never leaves this package."""


async def handshake(stream: TLSStream, seconds: float) -> TLSFacts:
    """Do the handshake within `seconds`. Raises HandshakeError; the caller closes the stream in any case."""
    with _explained(seconds):
        try:
            await stream.do_handshake()
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            await _send_alert(stream, stream._outgoing.read())
            raise
    return _facts(stream)


async def accept(stream: TLSStream, seconds: float) -> TLSFacts:
    """As `handshake`, for a server: it binds the client to one of the application protocols in PROTOCOLS. A client that
    offers only others is refused with the alert that says so (RFC 7301 3.2); one that offers none means HTTP/1.1.
    """
    with _explained(seconds):
        offered = await _offered(stream)
        if offered is not None and not set(offered) & {name.encode() for name in PROTOCOLS}:
            await _send_alert(stream, _NO_APPLICATION_PROTOCOL)
            names = printable(", ".join(name.decode("latin-1") for name in offered), 100)
            raise HandshakeError(f"no application protocol in common: the client offers {names or 'none'}")
        facts = await handshake(stream, inf)
    if offered is not None and facts.alpn is None:
        raise HandshakeError("the client changed the application protocols that it offers")
    return facts


@contextmanager
def _explained(seconds: float) -> Iterator[None]:
    try:
        with trio.fail_after(seconds):
            yield
    except trio.TooSlowError:
        raise HandshakeError(f"the TLS handshake took more than {seconds:g} s") from None
    except (trio.BrokenResourceError, trio.ClosedResourceError) as error:
        raise HandshakeError(reason(error) or "the peer closed the connection during the TLS handshake") from error


def _facts(stream: TLSStream) -> TLSFacts:
    cipher = stream.cipher()
    return TLSFacts(stream.version(), cipher[0], stream.selected_alpn_protocol(), stream.getpeercert(True))


async def _offered(stream: TLSStream) -> tuple[bytes, ...] | None:
    """What the client offers, from bytes that are left for OpenSSL to read once more."""
    hello = ClientHello()
    done = False
    while not done and (data := await stream.transport_stream.receive_some()):
        stream._incoming.write(data)
        done = hello.feed(data)
    return hello.protocols


async def close(stream: TLSStream, *, linger: float = 0) -> None:
    """Close with a close_notify (RFC 8446 6.1, RFC 9112 9.8), without waiting for the peer's. Raises nothing.

    Only for a stream on which nobody has given up in the middle of writing. A peer that may still be sending gets
    `linger` seconds to stop: closing with bytes of its unread would take our last words back from it (RFC 9112 9.6).
    """
    transport = stream.transport_stream
    gone = (trio.BrokenResourceError, trio.ClosedResourceError, trio.BusyResourceError)
    with suppress(*gone), trio.CancelScope(shield=True, deadline=trio.current_time() + GOODBYE):
        if goodbye := _close_notify(stream):
            await transport.send_all(goodbye)
    if linger:
        with suppress(*gone), trio.move_on_after(linger):
            await transport.send_eof()
            while await transport.receive_some():
                pass
    await trio.aclose_forcefully(stream)


def _close_notify(stream: TLSStream) -> bytes:
    """The last bytes of our side; none where TLS has failed, as by an end of the peer's side without its own."""
    try:
        stream._ssl_object.unwrap()
    except ssl.SSLWantReadError:
        pass  # it would like to have the peer's, too
    except ssl.SSLError as error:
        if error.reason != "APPLICATION_DATA_AFTER_CLOSE_NOTIFY":  # the peer was still sending
            return b""
    except ValueError:
        return b""
    return (stream._delayed_outgoing or b"") + stream._outgoing.read()


async def _send_alert(stream: TLSStream, alert: bytes) -> None:
    # OpenSSL writes an alert that tells the peer why; trio leaves it in its buffer when a handshake fails. After that
    # the peer gets a moment to close first: closing with bytes of its unread would take the alert back from it.
    transport = stream.transport_stream
    with trio.move_on_after(1), suppress(trio.BrokenResourceError, trio.ClosedResourceError):
        if alert:
            await transport.send_all(alert)
            await transport.send_eof()
            while await transport.receive_some():
                pass


def reason(error: BaseException) -> str | None:
    """Why TLS failed, from the error that OpenSSL left somewhere down the chain of causes; None if TLS is not at fault.

    An end of file is not TLS's fault: the peer went away.
    """
    seen: BaseException | None = error
    known: set[int] = set()  # in a circle: an error that is kept, and raised again where another was handled
    while seen is not None and id(seen) not in known:
        known.add(id(seen))
        if isinstance(seen, ssl.SSLCertVerificationError):
            return f"certificate refused: {seen.verify_message}"
        if isinstance(seen, ssl.SSLError) and not isinstance(seen, (ssl.SSLEOFError, ssl.SSLSyscallError)):
            return _words(seen.reason or _LOCATION.sub("", str(seen)))
        seen = seen.__cause__ or seen.__context__
    return None


def _words(openssl: str) -> str:
    """`TLSV1_ALERT_UNKNOWN_CA` as `the peer's alert: unknown ca`, `NO_SHARED_CIPHER` as `no shared cipher`."""
    openssl = openssl.replace(" ", "_").upper()
    head, alert, tail = openssl.partition("_ALERT_")
    if alert and head.startswith(("TLSV1", "SSLV3", "TLSV13")):
        return f"the peer's alert: {tail.replace('_', ' ').lower()}"
    return openssl.replace("_", " ").lower()
