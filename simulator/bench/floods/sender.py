"""Sends one flood: `python sender.py PORT NAME SECONDS`, as a process of its own that imports nothing of ours.

Standard input is the ALPN protocol and the length of what is sent first, a line each, then that, then what is sent over
and over; standard output is how many bytes went over how many connections.
"""

import socket
import ssl
import sys
import time
from contextlib import suppress

CHUNK = 16_384


def flood(port: int, name: str, ends: float, alpn: str, first: bytes, more: bytes) -> tuple[int, int]:
    """Send it over one connection after the other until `ends`; bytes and connections."""
    sent = connections = 0
    while time.monotonic() < ends:
        connections += 1
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as plain:
            sent += _flood_one(plain, name, ends, alpn, first, more)
    return sent, connections


def _flood_one(plain: socket.socket, name: str, ends: float, alpn: str, first: bytes, more: bytes) -> int:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # whoever floods does not care to whom it talks
    context.set_alpn_protocols([alpn])
    sent = 0
    with suppress(OSError), context.wrap_socket(plain, server_hostname=name) as stream:
        data = memoryview(first)
        while time.monotonic() < ends and (data or more):
            data = data or memoryview(more)
            stream.settimeout(0.5)
            size = stream.send(data[:CHUNK])
            data, sent = data[size:], sent + size
            stream.settimeout(0)
            with suppress(ssl.SSLWantReadError, BlockingIOError):
                stream.recv(65_536)
        if not more:
            stream.settimeout(3)
            stream.recv(65_536)
    return sent


def main() -> None:
    """Send what standard input says."""
    read = sys.stdin.buffer
    alpn, length = read.readline().decode().strip(), int(read.readline())
    first, more = read.read(length), read.read()
    ends = time.monotonic() + float(sys.argv[3])
    sent, connections = flood(int(sys.argv[1]), sys.argv[2], ends, alpn, first, more)
    print(f"{sent / 1e6:.1f} MB, {connections} connections")


if __name__ == "__main__":
    main()
