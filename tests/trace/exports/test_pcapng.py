"""Packets for Wireshark: the real tshark finds every request that went over the wire, decrypted, and every answer."""

import shutil
import stat
import subprocess
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations, zip_longest
from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.trace import Connected, Disconnected, Exchange, Segment, Trace
from simulator.trace.exports import pcapng
from tests.trace.examples import EXCHANGE, trace

HERE, THERE = ("127.0.0.2", 40000), ("127.0.0.1", 30000)
CONNECTED = Connected(
    started=1001.0,
    connection=1,
    sender="b.example",
    host="ds.a.example",
    client=HERE,
    server=THERE,
    http_version="1.1",
    tls_version="TLSv1.3",
    cipher="x",
    seconds=0.1,
)
SEGMENT = Segment(started=1001.1, connection=1, outward=True, client=HERE, server=THERE, data=b"hello")
CLOSED = Disconnected(started=1002.0, connection=1)
HEADERS = "1"
"""The type of HTTP/2's frames with which requests and answers begin (RFC 9113 6.2)."""


@dataclass(frozen=True)
class Asked:
    """A request as tshark sees it, and the status of its answer, if that was ever on the wire."""

    method: str
    path: str
    status: str | None


def tshark(file: Path, *fields: str, only: str = "frame", options: tuple[str, ...] = ()) -> list[list[str]]:
    """The fields of the packets that a filter lets through, as tshark reads them. Skips where there is none."""
    program = shutil.which("tshark")
    if program is None:
        pytest.skip("there is no tshark here")
    wanted = [word for field in fields for word in ("-e", field)]
    done = subprocess.run(
        [program, "-r", str(file), "-N", "n", *options, "-Y", only, "-T", "fields", *wanted],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return [line.split("\t") for line in done.stdout.splitlines()]


def connections(file: Path, trace: Trace) -> dict[str, int]:
    """The numbers of the connections in the run, by tshark's: names are told, ports are given in order."""
    between: dict[tuple[str, str], list[int]] = defaultdict(list)
    for each in trace.of(Connected):
        between[each.sender, each.host].append(each.connection)
    opened = tshark(
        file, "tcp.stream", "ip.src_host", "ip.dst_host", "tcp.srcport", only="tcp.flags.syn == 1 && tcp.flags.ack == 0"
    )
    return {stream: sorted(between[src, dst])[int(port) - pcapng.EPHEMERAL[0]] for stream, src, dst, port in opened}


def asked_over_http_1(file: Path) -> dict[str, list[Asked]]:
    """By connection: on HTTP/1.1 the answers come in the order of the requests."""
    requests, statuses = defaultdict(list), defaultdict(list)
    for stream, method, path, status in tshark(
        file, "tcp.stream", "http.request.method", "http.request.uri", "http.response.code", only="http"
    ):
        if method:
            requests[stream].append((method, path))
        else:
            statuses[stream].append(status)
    return {
        stream: [Asked(*request, status) for request, status in zip_longest(requests[stream], statuses[stream])]
        for stream in requests
    }


def asked_over_http_2(file: Path) -> dict[str, list[Asked]]:
    """By connection: HTTP/2's streams say what belongs together. A packet may have frames of several."""
    frames = ("http2.type", "http2.streamid")
    names = ("http2.headers.method", "http2.headers.path", "http2.headers.status")
    requests: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    statuses: dict[tuple[str, str], str] = {}
    for connection, types, ids, *values in tshark(
        file, "tcp.stream", *frames, *names, only=f"{names[0]} || {names[2]}"
    ):
        heads = [each for kind, each in zip(types.split(","), ids.split(","), strict=True) if kind == HEADERS]
        methods, paths, codes = (value.split(",") for value in values)
        if methods != [""]:
            requests[connection] |= zip(heads, zip(methods, paths, strict=True), strict=True)
        else:
            statuses |= {(connection, each): code for each, code in zip(heads, codes, strict=True)}
    return {
        connection: [Asked(*request, statuses.get((connection, each))) for each, request in streams.items()]
        for connection, streams in requests.items()
    }


def path(exchange: Exchange) -> str:
    """What stands in the first line of a request."""
    return exchange.url.removeprefix(f"https://{exchange.recipient}")


def expected(trace: Trace) -> dict[int, list[Exchange]]:
    """By connection, in order, what got as far as a connection."""
    found = defaultdict(list)
    for exchange in trace.exchanges:
        if exchange.connection is not None:
            found[exchange.connection].append(exchange)
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "run.pcapng"


@pytest.mark.parametrize("place", [0, 1], ids=["http/1.1", "http/2"])
def test_tshark_finds_every_request_and_its_answer(traces: tuple[Trace, ...], file: Path, place: int) -> None:
    trace = traces[place]
    pcapng.write([trace], file)
    found = asked_over_http_2(file) if trace.header.http2 else asked_over_http_1(file)
    numbers = connections(file, trace)
    assert {numbers[stream] for stream in found} == set(expected(trace))
    for stream, asked in found.items():
        exchanges = expected(trace)[numbers[stream]]
        assert [(each.method, each.path) for each in asked] == [(each.method, path(each)) for each in exchanges]
        for each, exchange in zip(asked, exchanges, strict=True):
            lost_behind_the_wire = exchange.fault == "drop_answer"
            assert each.status == str(exchange.status) or lost_behind_the_wire
    assert sum(map(len, found.values())) == len(trace.exchanges)


def test_what_was_asked_later_comes_later(traces: tuple[Trace, ...], file: Path) -> None:
    pcapng.write(traces[:1], file)
    place = {number: iter(exchanges) for number, exchanges in expected(traces[0]).items()}
    numbers = connections(file, traces[0])
    order = [next(place[numbers[stream]]) for (stream,) in tshark(file, "tcp.stream", only="http.request")]
    for earlier, later in combinations(order, 2):
        assert earlier.started < later.started + later.seconds


def test_tshark_finds_the_bodies_of_get_requests(traces: tuple[Trace, ...], file: Path) -> None:
    pcapng.write(traces[:1], file)
    bodies = tshark(file, "data.data", only="http.request.method == GET && data")
    sent = [each.request.hex() for each in traces[0].exchanges if each.method == "GET" and each.request]
    assert sent
    assert sorted(body for (body,) in bodies) == sorted(sent)


def test_nothing_is_wrong_with_the_packets(traces: tuple[Trace, ...], file: Path) -> None:
    pcapng.write(traces, file)
    checked = ("-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE")
    sums = tshark(file, "ip.checksum.status", "tcp.checksum.status", options=checked)
    assert {tuple(each) for each in sums} == {("1", "1")}
    assert (
        tshark(file, "frame.number", only="tcp.analysis.flags || _ws.malformed || _ws.expert.severity >= 0x600000")
        == []
    )
    opened = tshark(file, "frame.number", only="tcp.flags.syn == 1 && tcp.flags.ack == 1")
    ended = tshark(file, "frame.number", only="tcp.flags.fin == 1")
    connected = [each for trace in traces for each in trace.of(Connected)]
    assert (len(opened), len(ended)) == (len(connected), 2 * len(connected))


def test_scenarios_are_interfaces_and_steps_are_comments(traces: tuple[Trace, ...], file: Path) -> None:
    pcapng.write(traces, file)
    shown = tshark(file, "frame.interface_name", "frame.interface_description", "frame.comment", only="http.request")
    steps = {(each.header.scenario, each.header.name, e.step or "") for each in traces[:1] for e in each.exchanges}
    assert {tuple(each) for each in shown} == steps
    interfaces = {name for (name,) in tshark(file, "frame.interface_name", only="http.request || http2")}
    assert interfaces == {each.header.scenario for each in traces}


def test_a_crashed_run_is_shown_as_far_as_it_goes(crashed: Trace, file: Path) -> None:
    pcapng.write([crashed], file)
    found = [each for asked in asked_over_http_1(file).values() for each in asked]
    done = [each for each in crashed.exchanges if each.connection is not None]
    assert len(done) > 3
    assert len(found) >= len(done)
    assert tshark(file, "frame.number", only="tcp.analysis.flags") == []
    open_ = {each.connection for each in crashed.of(Connected)} - {each.connection for each in crashed.of(Disconnected)}
    assert open_
    ended = tshark(file, "frame.number", only="tcp.flags.fin == 1")
    assert len(ended) == 2 * len(list(crashed.of(Disconnected)))


def test_who_it_was_is_told_where_tls_failed(file: Path) -> None:
    lost = [replace(each, connection=2) for each in (SEGMENT, CLOSED)]
    alone = replace(SEGMENT, connection=3, client=("127.0.0.9", 7), server=("127.0.0.1", 9))
    pcapng.write([trace(CONNECTED, SEGMENT, *lost, alone)], file)
    opened = tshark(file, "ip.src_host", "ip.dst_host", "tcp.dstport", only="tcp.flags.syn == 1 && tcp.flags.ack == 0")
    assert opened == [
        ["b.example", "ds.a.example", "443"],
        ["b.example", "ds.a.example", "443"],
        ["127.0.0.9", "127.0.0.1:9", "443"],
    ]


def test_a_run_without_bytes_of_connections_is_refused(file: Path) -> None:
    with pytest.raises(SimulatorError, match="`mimi-sim run --trace` records them"):
        pcapng.write([trace(EXCHANGE)], file)


def test_times_are_those_of_the_run(file: Path) -> None:
    pcapng.write([trace(CONNECTED, SEGMENT, CLOSED)], file)
    times = [float(time) for (time,) in tshark(file, "frame.time_epoch")]
    assert times == pytest.approx([1001.0] * 3 + [1001.1] + [1002.0] * 3)


def test_only_its_owner_reads_what_has_keys(file: Path) -> None:
    file.touch(mode=0o644)
    pcapng.write([trace(CONNECTED, SEGMENT, CLOSED)], file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
