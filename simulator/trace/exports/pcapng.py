"""The bytes of the TLS connections as packets, with the keys in the same file: Wireshark shows the HTTP inside.

Every host has an address of its own, made up (198.18.0.0/15 is for tests, RFC 2544), and its name is in the file. All
servers are at port 443, where Wireshark expects HTTP within TLS. A scenario is an interface
(`frame.interface_name == "scenarios/joins/resync"`), and packets have their step as a comment
(`frame.comment contains "3 add_users"`). Nobody but the user who wrote the file can read it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import field
from ipaddress import IPv4Address
from itertools import count
from pathlib import Path
from typing import NamedTuple

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.trace.events import Address, Connected, Disconnected, Segment, TLSSecret
from simulator.trace.exports.pcapng_blocks import (
    heading_block,
    interface_block,
    names_block,
    packet_block,
    secrets_block,
)
from simulator.trace.exports.tcp import Connection, End
from simulator.trace.saving import save
from simulator.trace.trace import Trace

FIRST_ADDRESS = IPv4Address("198.18.0.1")
PORT = 443
EPHEMERAL = range(49152, 65536)
"""Where clients' ports are (RFC 6335 6)."""


class _Packet(NamedTuple):
    microseconds: int
    interface: int
    data: bytes
    comment: str


@dataclass(slots=True)
class _Conversation:
    """What was recorded of a connection."""

    segments: list[Segment] = field(default_factory=list)
    connected: Connected | None = None
    disconnected: Disconnected | None = None


def write(traces: Sequence[Trace], path: Path) -> None:
    """Write all connections of all traces. Raises SimulatorError, also where their bytes have not been recorded."""
    if any(trace.exchanges for trace in traces) and not any(True for trace in traces for _ in trace.of(Segment)):
        raise SimulatorError("the bytes of the connections are not in this trace: `mimi-sim run --trace` records them")
    save(path, _file(traces), private=True)


def _file(traces: Sequence[Trace]) -> Iterator[bytes]:
    hosts = _Hosts()
    packets = sorted(
        (packet for number, trace in enumerate(traces) for packet in _packets(trace, number, hosts)),
        key=lambda packet: packet.microseconds,
    )
    version = next((trace.header.simulator for trace in traces), "")
    yield heading_block(f"mimi-sim {version}".strip())
    for trace in traces:
        yield interface_block(trace.id, trace.header.name)
    yield names_block(hosts.addresses)
    lines = [secret.line for trace in traces for secret in trace.of(TLSSecret)]
    if lines:
        yield secrets_block("".join(f"{line}\n" for line in lines).encode())
    for packet in packets:
        yield packet_block(packet.interface, packet.microseconds, packet.data, packet.comment)


class _Hosts:
    """Made-up addresses of hosts, by name, and ports of their clients."""

    def __init__(self) -> None:
        self.addresses: dict[str, IPv4Address] = {}
        self._ports: dict[tuple[str, str], count[int]] = {}

    def ends(self, client: str, server: str) -> tuple[End, End]:
        """Both ends of the next connection between two hosts."""
        ports = self._ports.setdefault((client, server), count())
        port = EPHEMERAL[next(ports) % len(EPHEMERAL)]
        return End(self._address(client), port), End(self._address(server), PORT)

    def _address(self, name: str) -> IPv4Address:
        return self.addresses.setdefault(name, FIRST_ADDRESS + len(self.addresses))


def _packets(trace: Trace, interface: int, hosts: _Hosts) -> Iterator[_Packet]:
    """The packets of a trace, those of a connection in their order."""
    names = _Names(trace)
    for conversation in _conversations(trace):
        first = conversation.segments[0]
        connection = Connection(*hosts.ends(names.client(conversation), names.server(conversation)))
        began = conversation.connected.started if conversation.connected else first.started
        now = _microseconds(min(began, first.started))
        for data in connection.open():
            yield _Packet(now, interface, data, "")
        for segment in conversation.segments:
            now = max(now, _microseconds(segment.started))
            for data in connection.send(segment.outward, segment.data):
                yield _Packet(now, interface, data, segment.step or "")
        if conversation.disconnected:
            now = max(now, _microseconds(conversation.disconnected.started))
            for data in connection.close():
                yield _Packet(now, interface, data, "")


def _conversations(trace: Trace) -> list[_Conversation]:
    """The connections on which something was said, by number."""
    found: dict[int, _Conversation] = {}
    for event in trace.events:
        match event:
            case Segment():
                found.setdefault(event.connection, _Conversation()).segments.append(event)
            case Connected():
                found.setdefault(event.connection, _Conversation()).connected = event
            case Disconnected():
                found.setdefault(event.connection, _Conversation()).disconnected = event
    return [found[number] for number in sorted(found) if found[number].segments]


class _Names:
    """Who is at the addresses of a run. Where TLS failed, nobody has said; others at the same address may have."""

    def __init__(self, trace: Trace) -> None:
        self._clients = {each.client[0]: each.sender for each in trace.of(Connected)}
        self._servers: dict[Address, str] = {each.server: each.host for each in trace.of(Connected)}

    def client(self, conversation: _Conversation) -> str:
        if conversation.connected:
            return conversation.connected.sender
        host, _ = conversation.segments[0].client
        return self._clients.get(host, host)

    def server(self, conversation: _Conversation) -> str:
        if conversation.connected:
            return conversation.connected.host
        host, port = conversation.segments[0].server
        return self._servers.get((host, port), f"{host}:{port}")


def _microseconds(seconds: float) -> int:
    return int(seconds * 1_000_000)
