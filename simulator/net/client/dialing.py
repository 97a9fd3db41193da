"""How clients and probes get a TCP connection, and what it means when they get none."""

import socket
from contextlib import suppress

import trio

from simulator.machine import machine_failure
from simulator.net.network import Address


async def dial(address: Address, source: str | None = None) -> trio.SocketStream:
    """A TCP connection, from the local address `source` where there is one. Raises OSError."""
    if source is None:
        return await trio.open_tcp_stream(address.host, address.port)
    dialled = trio.socket.socket()  # what trio's own function raises over a local address has lost its errno
    try:
        with suppress(OSError, AttributeError):  # bind to the address alone: so connections may share local ports
            dialled.setsockopt(socket.IPPROTO_IP, trio.socket.IP_BIND_ADDRESS_NO_PORT, 1)
        await dialled.bind((source, 0))
        await dialled.connect((address.host, address.port))
    except BaseException:
        dialled.close()
        raise
    return trio.SocketStream(dialled)


def why_not(error: OSError, at: str = "there") -> str:
    """What a peer that `dial` did not reach has done, or has not; `at` says where it should be. Raises MachineFailure
    where that says nothing about a peer.
    """
    failure = machine_failure(error)
    if failure is not None:
        raise failure from error
    for leaf in _attempts(error):
        match leaf:
            case socket.gaierror():
                return f"its name can't be looked up: {(leaf.strerror or str(leaf)).lower()}"
            case TimeoutError():
                return f"no machine answers {at}"
            case ConnectionRefusedError():
                return f"nobody listens {at}"
    words = next((leaf.strerror for leaf in _attempts(error) if leaf.strerror), "")
    return words.lower() or f"nobody listens {at}"


def _attempts(error: OSError) -> list[OSError]:
    """The attempts at each address of a host; the error itself where there was but one."""
    cause = error.__cause__
    found = cause.exceptions if isinstance(cause, BaseExceptionGroup) else (error,)
    return [each for each in found if isinstance(each, OSError)]
