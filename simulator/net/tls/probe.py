"""A bare TLS handshake with a server, its outcome as a value: for scenarios that show what is refused."""

from ssl import SSLContext

import trio

from simulator.dataclass import dataclass
from simulator.machine import MachineFailure
from simulator.net.client.dialing import dial, why_not
from simulator.net.client.request_route import NoRoute
from simulator.net.network import Address, Network
from simulator.net.tls.tls import HandshakeError, TLSFacts, close, handshake, reason

TIMEOUT = 10
"""Seconds for each part of the probe."""

_HALF_A_HELLO = bytes.fromhex("1603010200 010001fc 0303") + bytes(32)
"""The head of a record with 512 bytes (RFC 8446 5.1) and what a ClientHello in it begins with (4.1.2)."""


@dataclass(frozen=True, slots=True)
class TLSAccepted:
    """Both sides are content."""

    version: str
    cipher: str
    certificate: bytes | None
    """The server's, DER."""


@dataclass(frozen=True, slots=True)
class TLSRefusal:
    """One side refused; `reason` says why, in words."""

    reason: str


TLSOutcome = TLSAccepted | TLSRefusal


async def probe_tls(network: Network, name: str, context: SSLContext, server_name: str | None = None) -> TLSOutcome:
    """Try to come to a TLS connection with the host `name`. Whatever happens is an outcome; raises only MachineFailure.

    `server_name` is what the hello says instead (SNI, RFC 6066 3); nothing if it is empty.
    """
    stream = await _dial(network, name)
    if isinstance(stream, TLSRefusal):
        return stream
    said = name if server_name is None else server_name or None
    secured = trio.SSLStream(stream, context, server_hostname=said, https_compatible=True)
    facts: TLSFacts | None = None
    try:
        facts = await handshake(secured, TIMEOUT)
        await _hear(secured, facts)
    except HandshakeError as error:
        return TLSRefusal(str(error))
    except (trio.BrokenResourceError, trio.ClosedResourceError) as error:
        return TLSRefusal(reason(error) or "the server closed the connection after the TLS handshake")
    finally:
        await (trio.aclose_forcefully(secured) if facts is None else close(secured))
    return TLSAccepted(facts.version, facts.cipher, facts.certificate)


async def probe_half(network: Network, name: str, connections: int, seconds: float) -> TLSOutcome:
    """Begin that many TLS handshakes with the host `name`, all at once, and never go on with any: a refusal, unless one
    is still open after so many seconds.
    """
    ended: list[str] = []

    async def begin() -> None:
        stream = await _dial(network, name)
        if isinstance(stream, TLSRefusal):
            ended.append(stream.reason)
            return
        try:
            await stream.send_all(_HALF_A_HELLO)
            while await stream.receive_some():
                pass
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            pass  # closed all the same
        finally:
            await trio.aclose_forcefully(stream)
        ended.append("the server did not wait for the other half")

    with trio.move_on_after(seconds):
        async with trio.open_nursery() as nursery:
            for _ in range(connections):
                nursery.start_soon(begin)
    if len(ended) < connections:
        return TLSAccepted("half", "none", None)
    return TLSRefusal(ended[-1])


async def probe_plain(network: Network, name: str) -> TLSOutcome:
    """Speak HTTP without TLS to the host `name`: a refusal, unless HTTP comes back."""
    stream = await _dial(network, name)
    if isinstance(stream, TLSRefusal):
        return stream
    heard = b""
    try:
        with trio.move_on_after(TIMEOUT):
            await stream.send_all(b"GET / HTTP/1.1\r\nHost: " + name.encode() + b"\r\n\r\n")
            heard = await stream.receive_some()
    except (trio.BrokenResourceError, trio.ClosedResourceError):
        pass
    finally:
        await trio.aclose_forcefully(stream)
    if heard.startswith(b"HTTP/"):
        return TLSAccepted("none", "none", None)
    return TLSRefusal("the server speaks nothing but TLS")


async def why_unreachable(name: str, address: Address) -> str | None:
    """Why nobody can be asked at the address that is said to be `name`'s, in words; None where somebody listens, and
    where this machine is what can't ask.
    """
    host = f"[{address.host}]" if ":" in address.host else address.host
    at = f"at {host}:{address.port} ({name})"
    try:
        with trio.fail_after(TIMEOUT):
            stream = await dial(address)
    except trio.TooSlowError:
        return f"no machine answers {at}"
    except MachineFailure:
        return None
    except OSError as error:
        try:
            why = why_not(error, at)
        except MachineFailure:
            return None
        return why if at in why else f"nobody can be asked {at}: {why}"
    await stream.aclose()
    return None


async def _dial(network: Network, name: str) -> trio.SocketStream | TLSRefusal:
    try:
        address = network.lookup(name) or _down(name)
        return await dial(address)
    except NoRoute as error:
        return TLSRefusal(str(error))
    except OSError as error:
        return TLSRefusal(why_not(error, f"at {name}"))


def _down(name: str) -> Address:
    raise NoRoute(f"{name} is down")


async def _hear(stream: trio.SSLStream[trio.SocketStream], facts: TLSFacts) -> None:
    """Wait for the server's first bytes: in TLS 1.3 it judges a client's certificate when the client is done already.

    An HTTP/2 server speaks first; an HTTP/1.1 server answers a line that is no request, without bothering its handler.
    """
    with trio.move_on_after(TIMEOUT):
        if facts.alpn != "h2":
            await stream.send_all(b"?\r\n\r\n")
        if not await stream.receive_some(1):
            raise trio.BrokenResourceError
