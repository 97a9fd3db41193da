"""TCP connections as somebody would have caught them: IPv4 packets made of the bytes that went each way.

Addresses, ports and sequence numbers are made up. There is no loss, no retransmission and no packet that only
acknowledges: what has arrived is acknowledged with the next packet that goes the other way (RFC 9293).
"""

import struct
from collections.abc import Iterator
from ipaddress import IPv4Address

from simulator.dataclass import dataclass

FIN, SYN, PUSH, ACK = 0x01, 0x02, 0x08, 0x10
"""Flags (RFC 9293 3.1)."""
LARGEST = 1460
"""Bytes of a packet's payload: what fits into an Ethernet frame."""
WINDOW = 0xFFFF
OPTIONS = struct.pack("!BBHBBBB", 2, 4, LARGEST, 3, 3, 14, 0)
"""Of a SYN: the largest segment; a window so large that nobody ever waits (RFC 7323 2.2); the end."""
TCP = 6
"""Its protocol number."""
LIFETIME = 64


@dataclass(frozen=True, slots=True)
class End:
    """One end of a connection."""

    address: IPv4Address
    port: int


class Connection:
    """A TCP connection: gives the packets of what happens on it."""

    def __init__(self, client: End, server: End) -> None:
        self._ends = {True: client, False: server}
        self._sent = {True: 0, False: 0}
        """The next sequence number of each, the client's at True."""
        self._packets = 0

    def open(self) -> Iterator[bytes]:
        """The three packets with which it begins."""
        yield self._packet(True, SYN, options=OPTIONS, acknowledge=False)
        yield self._packet(False, SYN, options=OPTIONS)
        yield self._packet(True)

    def send(self, outward: bool, data: bytes) -> Iterator[bytes]:
        """Bytes from the client to the server, if `outward`, or back: as many packets as it takes."""
        for start in range(0, len(data), LARGEST):
            yield self._packet(outward, PUSH, data[start : start + LARGEST])

    def close(self) -> Iterator[bytes]:
        """The three packets with which it ends. Who wanted that is not known: here it is the client."""
        yield self._packet(True, FIN)
        yield self._packet(False, FIN)
        yield self._packet(True)

    def _packet(
        self, outward: bool, flags: int = 0, data: bytes = b"", options: bytes = b"", acknowledge: bool = True
    ) -> bytes:
        source, target = self._ends[outward], self._ends[not outward]
        flags, received = (flags | ACK, self._sent[not outward]) if acknowledge else (flags, 0)
        size = 20 + len(options)
        head = (source.port, target.port, self._sent[outward], received, size // 4 << 4, flags, WINDOW)
        segment = _summed(
            struct.pack("!HHIIBBHHH", *head, 0, 0) + options + data,
            place=16,
            before=source.address.packed + target.address.packed + struct.pack("!HH", TCP, size + len(data)),
        )
        self._sent[outward] = (self._sent[outward] + len(data) + bool(flags & (SYN | FIN))) % 2**32
        self._packets += 1
        return _ip(source.address, target.address, self._packets, segment)


def _ip(source: IPv4Address, target: IPv4Address, number: int, payload: bytes) -> bytes:
    """A packet that must not be fragmented (RFC 791 3.1)."""
    sizes = (0x45, 0, 20 + len(payload), number % 2**16, 0x4000, LIFETIME, TCP, 0)
    return _summed(struct.pack("!BBHHHBBH", *sizes) + source.packed + target.packed, place=10) + payload


def _summed(data: bytes, place: int, before: bytes = b"") -> bytes:
    """The data with its checksum at a place that was zero; `before` counts, too (RFC 1071).

    A sum of 16-bit words in which what is carried over is added again is the remainder of a division by 0xFFFF.
    """
    words = before + data + b"\0" * (len(data) % 2)
    checksum = -int.from_bytes(words, "big") % 0xFFFF
    return data[:place] + checksum.to_bytes(2, "big") + data[place + 2 :]
