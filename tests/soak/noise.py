"""What anybody on the network does to a federation that is up: knocks, mumbles, asks for what there is not."""

import socket
import ssl
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Target:
    """One provider of the federation, as outsiders see it."""

    host: str
    address: tuple[str, int]
    ca: str

    @classmethod
    def of(cls, federation: dict[str, Any], provider: str) -> "Target":
        """From federation.json."""
        said = federation["providers"][provider]
        return cls(said["service_host"], (said["address"], said["port"]), federation["ca"])


def knock(target: Target) -> None:
    """A TLS handshake that fails: bytes that are none."""
    with socket.create_connection(target.address, timeout=30) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: plain\r\n\r\n")
        while _received(plain):
            pass


def ask(target: Target, method: str, path: str, body: bytes, media_type: str) -> int:
    """One request on a connection of its own; the status of its answer."""
    context = ssl.create_default_context(cafile=target.ca)
    context.set_alpn_protocols(["http/1.1"])
    with (
        socket.create_connection(target.address, timeout=30) as plain,
        context.wrap_socket(plain, server_hostname=target.host) as secured,
    ):
        head = f"{method} {path} HTTP/1.1\r\nHost: {target.host}\r\nContent-Type: {media_type}\r\nConnection: close\r\n"
        secured.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = bytearray()
        while chunk := _received(secured):
            answer += chunk
    return int(answer[9:12])


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65536)
    except OSError:  # cut off
        return b""
