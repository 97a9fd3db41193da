"""An honest server passes whatever comes; one that fails, says nothing or hangs up over good requests is found."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from simulator.bench.floods.frames import END_HEADERS, HEADERS, RST_STREAM, SETTINGS, block, frame
from simulator.fuzzing.batch import Batch, fuzzed
from simulator.fuzzing.external.opening import open_around
from simulator.fuzzing.external.server import Gone, server_in
from simulator.fuzzing.external.verdicts import HungUp, NoAnswer, NotServing, ServerFailed
from simulator.fuzzing.external.wires import ExternalWires, host_of, status, versions_of
from simulator.fuzzing.findings import failure
from simulator.fuzzing.http2_requests import request
from simulator.fuzzing.targets import around
from simulator.mutation.cases import Case, Shot
from simulator.mutation.randomness import seeded
from simulator.net import HTTPReply
from tests.fuzzing.external.served import ROOMS, Served, external
from tests.fuzzing.external.test_requests import Wrong


@asynccontextmanager
async def wires(served: Served) -> AsyncIterator[ExternalWires]:
    async with open_around(server_in(served.over)) as (environment, scene):
        yield ExternalWires(environment, scene, await versions_of(environment.session, host_of(scene)))


def whole(target: ExternalWires) -> Shot:
    """The first request that is as it should be."""
    shots = (target.shot(target.case(seeded(number))) for number in range(5000))
    return next(shot for shot in shots if shot["whole"])


@pytest.mark.parametrize("draft", ["mimi-transport-00", ROOMS])
async def test_a_sample_at_an_honest_one_finds_nothing(tmp_path: Path, draft: str) -> None:
    async with external(tmp_path, draft) as served:
        server = server_in(served.over)
        value: dict[str, Any] = await fuzzed(Batch("wires", str(server.kind), 1, 0, 60, str(server.file)))
        assert (value["verdict"], value["cases"], value["found"]) == ("passed", 60, [])
        assert value["labels"] > 6
        async with around("wires")(server) as target:
            shot = whole(target)
            assert "host: ds.c.example" in bytes.fromhex(shot["data"]).decode("latin-1") or draft == ROOMS
            assert (await target.fire(shot)).isdecimal()


async def test_it_need_not_have_both_versions(tmp_path: Path) -> None:
    async with external(tmp_path) as served, open_around(server_in(served.over)) as (environment, scene):
        host = host_of(scene)
        assert await versions_of(environment.session, host) == ("http/1.1", "h2")
        target = ExternalWires(environment, scene, ("http/1.1",))
        assert {target.case(seeded(number)).name for number in range(50)} == {"http/1.1"}


async def test_names_in_odd_requests_are_those_of_the_server(tmp_path: Path) -> None:
    async with external(tmp_path) as served, wires(served) as target:
        shots = [bytes.fromhex(target.shot(target.case(seeded(n)))["data"]).lower() for n in range(400)]
        hosts = {line for shot in shots for line in shot.split(b"\r\n") if line.startswith(b"host: ")}
        assert {b"host: ds.c.example", b"host: ds.a.example"} <= hosts, "the server's, and that of who asks"


async def test_a_failure_of_its_own_is_found_in_both_versions(tmp_path: Path) -> None:
    async with external(tmp_path) as served, wires(served) as target:
        served.session.provider("c.example").executor.interceptors.begin(Wrong(lambda reply: HTTPReply(500)))
        shot = whole(target)
        with pytest.raises(ServerFailed, match=r"HTTP 500 to \d+ bytes over http/1\.1 of a\.example at ds\.c\.example"):
            await target.fire(shot)
        errors = []
        for number in range(300):
            case: Case = target.case(seeded(number))
            if case.name == "h2" and case.altered == "nothing":
                errors.append(await failure(target, target.shot(case)))
        assert ServerFailed in {type(error) for error in errors}


@pytest.mark.parametrize(
    ("mode", "is_whole", "error"),
    [
        ("silent", True, NoAnswer),
        ("silent", False, NotServing),
        ("cut", True, HungUp),
        ("cut", False, NotServing),
    ],
)
async def test_no_answer_is_found_over_a_good_request_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, is_whole: bool, error: type[Exception]
) -> None:
    """Over another one it is the honest question afterwards that shows it."""
    monkeypatch.setattr("simulator.fuzzing.external.wires.PATIENCE", 0.7)
    monkeypatch.setattr("simulator.fuzzing.external.exchange.PATIENCE", 0.7)
    async with external(tmp_path) as served, wires(served) as target:
        shot = {**whole(target), "whole": is_whole}

        def spoil(reply: HTTPReply) -> HTTPReply:
            served.relay.mode = mode
            return reply

        served.session.provider("c.example").executor.interceptors.begin(Wrong(spoil))
        assert type(await failure(target, shot)) is error
        with pytest.raises(Gone):
            await target.fire(shot)


def test_the_status_of_http2_is_read_where_it_can_be() -> None:
    first = frame(SETTINGS, 0, 0)
    answer = block([(":status", "502")])
    assert status(first + frame(HEADERS, END_HEADERS, 1, answer)) == "502"
    assert status(first + frame(HEADERS, 0, 1, answer)) == "frames"
    assert status(first + frame(RST_STREAM, 0, 1, bytes(4)) + request(3)) == "frames"
    assert status(first + frame(HEADERS, END_HEADERS, 1, b"\xff\xff\xff\xff\xff\xff\xff")) == "frames"
    assert status(first) == "closes"
