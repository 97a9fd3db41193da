"""Traces as files: read again whole, cut off or while they grow; what is no trace is said to be none."""

import os
import stat
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.trace import (
    ClientSecret,
    Connected,
    Disconnected,
    End,
    Event,
    Follower,
    Mismatch,
    Segment,
    StepBegan,
    StepEnded,
    TLSSecret,
    TraceFileError,
    TraceWriter,
    file_name,
    read,
    read_all,
)
from simulator.trace.file import KINDS
from simulator.trace.layout import packed
from tests.trace import examples
from tests.trace.examples import HEADER, LAYOUT, full_disk

EXCHANGE, FAILURE, JOINED = (
    replace(event, number=number)
    for number, event in enumerate((examples.EXCHANGE, examples.FAILURE, examples.JOINED), 101)
)
HERE, THERE = ("127.0.0.1", 4000), ("127.0.0.1", 4001)
UNNUMBERED: tuple[Event, ...] = (
    EXCHANGE,
    FAILURE,
    StepBegan(started=1.0, line=3),
    StepEnded(started=2.0, line=3, result="failed", mismatches=(Mismatch(3, "this", "that"),)),
    JOINED,
    Connected(
        started=1.0,
        connection=1,
        sender="a.example",
        host="ds.b.example",
        client=HERE,
        server=THERE,
        http_version="2",
        tls_version="TLSv1.3",
        cipher="TLS_AES_128_GCM_SHA256",
        seconds=0.1,
    ),
    Segment(started=1.0, connection=1, outward=True, client=HERE, server=THERE, data=b"\x16\x03\x01"),
    TLSSecret(started=1.0, connection=1, line="CLIENT_RANDOM 00 11"),
    ClientSecret(started=1.0, client="c", group="g", epoch=3, label="exporter_secret", secret=b"\x00"),
    Disconnected(started=3.0, connection=1),
    End(started=4.0, result="passed", seconds=3.0),
)
ALL = tuple(replace(event, number=number) for number, event in enumerate(UNNUMBERED, 1))


def written(path: Path, *events: Event) -> Path:
    writer = TraceWriter(path, HEADER)
    for event in events:
        writer.add(event)
    writer.close()
    return path


def test_every_kind_of_event_comes_back_as_it_was(tmp_path: Path) -> None:
    assert {type(event) for event in ALL} == set(KINDS.values())
    found = read(written(tmp_path / "a.jsonl", *ALL))
    assert found.header == HEADER
    assert found.events == ALL
    assert [vars_of(event) for event in found.events] == [vars_of(event) for event in ALL]


def vars_of(event: Event) -> dict[str, object]:
    """Also the fields that are no part of equality."""
    return {name: getattr(event, name) for name in event.__dataclass_fields__}


def test_a_line_is_there_as_soon_as_its_event_is(tmp_path: Path) -> None:
    writer = TraceWriter(tmp_path / "a.jsonl", HEADER)
    writer.add(EXCHANGE)
    assert len((tmp_path / "a.jsonl").read_bytes().splitlines()) == 2
    writer.close()


@pytest.mark.parametrize("lost", [1, 2, 100])
def test_a_last_line_that_is_cut_off_is_left_out(tmp_path: Path, lost: int) -> None:
    path = written(tmp_path / "a.jsonl", EXCHANGE, FAILURE)
    path.write_bytes(path.read_bytes()[:-lost])
    assert read(path).events == (EXCHANGE,)


def test_a_file_that_grows_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.touch()
    follower = Follower(path)
    assert (follower.news(), follower.header) == ((), None)
    whole = written(tmp_path / "b.jsonl", EXCHANGE, FAILURE).read_bytes()
    half = whole.index(b'"recipient"')
    path.write_bytes(whole[:20])
    assert (follower.news(), follower.header) == ((), None)
    path.write_bytes(whole[:half])
    assert (follower.news(), follower.header) == ((), HEADER)
    path.write_bytes(whole)
    assert follower.news() == (EXCHANGE, FAILURE)
    assert follower.news() == ()


def test_nothing_is_written_over_another_trace(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl")
    with pytest.raises(TraceFileError, match="File exists"):
        TraceWriter(path, HEADER)


def test_a_full_disk_ends_the_trace_and_is_said_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    writer = TraceWriter(path, HEADER)
    writer.add(EXCHANGE)
    with full_disk(path.stat().st_size + 20):
        writer.add(FAILURE)
    writer.add(JOINED)
    with pytest.raises(TraceFileError, match=r"can't write all of a trace to .*a.jsonl: File too large"):
        writer.close()
    assert read(path).events == (EXCHANGE,)


@pytest.mark.parametrize("content", [b"", b"providers:\n", b"\x89PNG", b'["exchange", {}]\n', b'["header"', b"[]\n"])
def test_another_file_is_said_to_be_no_trace(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    with pytest.raises(TraceFileError, match="no trace: it does not begin with a header"):
        read(path)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'["header", {"format": 9}]\n', "format 9"),
        (b'["header", {"format": 2}]\n', "format 2, which does not say the layout"),
        (b'["header", 1]\n', "None"),
    ],
)
def test_another_format_is_named(tmp_path: Path, line: bytes, reason: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(line)
    with pytest.raises(TraceFileError, match=f"{reason}.*; this simulator reads format 3"):
        read(tmp_path / "a.jsonl")


def test_a_header_without_its_fields_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'["header", {"format": 3}]\n')
    with pytest.raises(TraceFileError, match=r"line 1: .*scenario"):
        read(tmp_path / "a.jsonl")


@pytest.mark.parametrize(
    ("line", "reason"),
    [(b'["surprise", {}]', "no kind of event 'surprise'"), (b"nonsense", "malformed"), (b'["end", {}]', "started")],
)
def test_a_line_that_is_wrong_is_named(tmp_path: Path, line: bytes, reason: str) -> None:
    path = written(tmp_path / "a.jsonl", EXCHANGE)
    path.write_bytes(path.read_bytes() + line + b"\n")
    with pytest.raises(TraceFileError, match=f"a.jsonl, line 3: .*{reason}"):
        read(path)


@pytest.mark.parametrize(("number", "reason"), [(-1, ">= 0"), (101, "event number 101 is there already")])
def test_each_event_has_a_number_of_its_own(tmp_path: Path, number: int, reason: str) -> None:
    path = written(tmp_path / "a.jsonl", EXCHANGE, replace(JOINED, number=number))
    with pytest.raises(TraceFileError, match=f"a.jsonl, line 3: .*{reason}"):
        read(path)


def test_a_folder_has_its_traces_by_scenario(tmp_path: Path) -> None:
    written(tmp_path / file_name("joins/second-device"), EXCHANGE)
    (found,) = read_all(tmp_path)
    assert found.header.scenario == "joins/second-device"
    assert read_all(tmp_path / "joins__second-device.jsonl") == (found,)


def test_several_runs_of_a_scenario_are_told_apart_by_their_seeds(tmp_path: Path) -> None:
    for name, seed in (("a", 9), ("b", 8), ("c", 7)):
        TraceWriter(tmp_path / f"{name}.jsonl", replace(HEADER, seed=seed)).close()
    found = read_all(tmp_path)
    assert [trace.id for trace in found] == [HEADER.scenario, f"{HEADER.scenario} seed 8", f"{HEADER.scenario} seed 9"]
    assert {trace.header.scenario for trace in found} == {HEADER.scenario}


def test_a_folder_without_traces_is_said_to_have_none(tmp_path: Path) -> None:
    with pytest.raises(TraceFileError, match="there are no traces"):
        read_all(tmp_path)
    with pytest.raises(TraceFileError, match="No such file"):
        read_all(tmp_path / "nothing.jsonl")


def test_only_its_owner_reads_a_trace(tmp_path: Path) -> None:
    """TLS secrets are in it."""
    before = os.umask(0)
    try:
        TraceWriter(tmp_path / "t.jsonl", HEADER).close()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "t.jsonl").stat().st_mode) == 0o600
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(TraceFileError, match="File exists"):
        TraceWriter(tmp_path / "link.jsonl", HEADER)
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    ("layout", "reason"),
    [
        (b"none", "can't be inflated"),
        (zlib.compress(b"{}"), "layout of its bodies: "),
        (zlib.compress(b" " * 2_000_000), "more than 1,048,576 bytes"),
        (packed(LAYOUT)[:-4], "cut off"),
        (packed(LAYOUT) + b"more", "goes on behind its end"),
    ],
)
def test_a_layout_that_is_none_is_told_with_its_line(tmp_path: Path, layout: bytes, reason: str) -> None:
    TraceWriter(tmp_path / "a.jsonl", replace(HEADER, layout=layout)).close()
    with pytest.raises(TraceFileError, match=f"a.jsonl, line 1: .*{reason}"):
        read(tmp_path / "a.jsonl")


def test_bodies_are_read_by_the_trace_s_own_layout_whatever_the_draft(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with closing(TraceWriter(path, replace(HEADER, draft="of nobody here", layout=packed(LAYOUT)))) as writer:
        writer.add(replace(EXCHANGE, endpoint="ask", request=b"\x00\x07"))
    trace = read(path)
    found = trace.request(trace.exchanges[0])
    assert found is not None
    assert [(node.name, node.value) for node in found.root.leaves()] == [("number", "7")]


def test_a_trace_of_an_earlier_version_is_read_as_it_was_then() -> None:
    """It was recorded when traces began to carry their layout, and stays as it is."""
    trace = read(Path(__file__).parents[1] / "data/establish.jsonl")
    assert (trace.header.format, trace.header.draft, trace.result) == (3, "mimi-transport-00", "passed")
    bodies = [found for each in trace.exchanges for found in (trace.request(each), trace.response(each)) if found]
    assert len(bodies) == 40
    assert all(found.error is None for found in bodies)
    asked = next(each for each in trace.exchanges if each.endpoint == "connection_request")
    found = trace.request(asked)
    assert found is not None
    names = ["version", "sender", "recipient", "request_type", "recipients", "group_id", "message"]
    assert [node.name for node in found.root.children[0].children] == names
