"""The TLS handshake on a trio stream, for both sides: facts when it worked, a reason when it did not."""

import ssl
from contextlib import suppress
from dataclasses import dataclass

import trio

TLSStream = trio.SSLStream[trio.SocketStream]


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
    try:
        with trio.fail_after(seconds):
            await stream.do_handshake()
    except trio.TooSlowError:
        raise HandshakeError(f"the TLS handshake took more than {seconds:g} s") from None
    except (trio.BrokenResourceError, trio.ClosedResourceError) as error:
        await _send_alert(stream)
        raise HandshakeError(reason(error) or "the peer closed the connection during the TLS handshake") from error
    cipher = stream.cipher()
    return TLSFacts(stream.version(), cipher[0], stream.selected_alpn_protocol(), stream.getpeercert(True))


async def _send_alert(stream: TLSStream) -> None:
    # OpenSSL has written an alert that tells the peer why; trio leaves it in its buffer when a handshake fails. After
    # that the peer gets a moment to close first: closing with bytes of its unread would take the alert back from it.
    alert = stream._outgoing.read()
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
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return f"certificate refused: {seen.verify_message}"
        if isinstance(seen, ssl.SSLError) and not isinstance(seen, (ssl.SSLEOFError, ssl.SSLSyscallError)):
            return _words(seen.reason or str(seen))
        seen = seen.__cause__ or seen.__context__
    return None


def _words(openssl: str) -> str:
    """`TLSV1_ALERT_UNKNOWN_CA` as `the peer's alert: unknown ca`, `NO_SHARED_CIPHER` as `no shared cipher`."""
    head, alert, tail = openssl.partition("_ALERT_")
    if alert and head.startswith(("TLSV1", "SSLV3", "TLSV13")):
        return f"the peer's alert: {tail.replace('_', ' ').lower()}"
    return openssl.replace("_", " ").lower()
