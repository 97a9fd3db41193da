"""Packets: their numbers follow each other, their sums are right, and what they carry is what was sent."""

import struct
from ipaddress import IPv4Address
from typing import NamedTuple

from simulator.trace.exports.tcp import ACK, FIN, LARGEST, PUSH, SYN, Connection, End

CLIENT, SERVER = End(IPv4Address("198.18.0.1"), 50000), End(IPv4Address("198.18.0.2"), 443)


class Packet(NamedTuple):
    """What a receiver reads."""

    source: End
    target: End
    number: int
    acknowledged: int
    flags: int
    data: bytes


def read(packet: bytes) -> Packet:
    """As a receiver would, who throws away what does not add up."""
    assert packet[0] == 0x45
    assert struct.unpack_from("!H", packet, 2) == (len(packet),)
    assert total(packet[:20]) == 0xFFFF
    addresses, segment = packet[12:20], packet[20:]
    assert total(addresses + struct.pack("!HH", 6, len(segment)) + segment) == 0xFFFF
    source, target, number, acknowledged, offset, flags, _ = struct.unpack_from("!HHIIBBH", segment)
    return Packet(
        End(IPv4Address(addresses[:4]), source),
        End(IPv4Address(addresses[4:]), target),
        number,
        acknowledged,
        flags,
        segment[offset >> 4 << 2 :],
    )


def total(data: bytes) -> int:
    """The ones' complement sum, word by word."""
    found = 0
    for (word,) in struct.iter_unpack("!H", data + b"\0" * (len(data) % 2)):
        found += word
        found = (found & 0xFFFF) + (found >> 16)
    return found


def test_three_packets_open_and_three_close() -> None:
    connection = Connection(CLIENT, SERVER)
    first, second, third = map(read, connection.open())
    assert first == (CLIENT, SERVER, 0, 0, SYN, b"")
    assert second == (SERVER, CLIENT, 0, 1, SYN | ACK, b"")
    assert third == (CLIENT, SERVER, 1, 1, ACK, b"")
    first, second, third = map(read, connection.close())
    assert first == (CLIENT, SERVER, 1, 1, FIN | ACK, b"")
    assert second == (SERVER, CLIENT, 1, 2, FIN | ACK, b"")
    assert third == (CLIENT, SERVER, 2, 2, ACK, b"")


def test_bytes_are_numbered_and_acknowledged() -> None:
    connection = Connection(CLIENT, SERVER)
    list(connection.open())
    (question,) = map(read, connection.send(True, b"question"))
    (answer,) = map(read, connection.send(False, b"odd"))
    (thanks,) = map(read, connection.send(True, b"thanks"))
    assert question == (CLIENT, SERVER, 1, 1, PUSH | ACK, b"question")
    assert answer == (SERVER, CLIENT, 1, 9, PUSH | ACK, b"odd")
    assert thanks == (CLIENT, SERVER, 9, 4, PUSH | ACK, b"thanks")


def test_much_goes_in_several_packets() -> None:
    connection = Connection(CLIENT, SERVER)
    list(connection.open())
    data = bytes(range(256)) * 20
    packets = [read(packet) for packet in connection.send(False, data)]
    assert [len(packet.data) for packet in packets] == [LARGEST, LARGEST, LARGEST, len(data) - 3 * LARGEST]
    assert [packet.number for packet in packets] == [1, 1 + LARGEST, 1 + 2 * LARGEST, 1 + 3 * LARGEST]
    assert b"".join(packet.data for packet in packets) == data


def test_nothing_is_no_packet() -> None:
    assert list(Connection(CLIENT, SERVER).send(True, b"")) == []
