"""A server of ours in the place of somebody else's passes; what a planted one does wrong is found, each by its kind."""

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.fuzzing.batch import Batch, Tally, fuzzed, one, replayed
from simulator.fuzzing.external.opening import open_around
from simulator.fuzzing.external.requests import ExternalRequests
from simulator.fuzzing.external.server import Gone, server_in
from simulator.fuzzing.findings import Finding
from simulator.net import HTTPReply, HTTPRequest
from simulator.provider.interceptors import Interceptor
from tests.fuzzing.external.served import ROOMS, Served, external

DRAFTS = ("mimi-transport-00", "mimi-transport-01", ROOMS)


class Wrong(Interceptor):
    """What a server answers instead to requests with a body, for which it makes a reply."""

    def __init__(self, lie: Callable[[HTTPReply], HTTPReply]) -> None:
        self._lie = lie

    def reply(self, request: HTTPRequest, reply: HTTPReply) -> HTTPReply:
        return self._lie(reply) if request.body else reply


def batch(served: Served, cases: int) -> Batch:
    server = server_in(served.over)
    return Batch("requests", str(server.kind), 1, 0, cases, str(server.file))


@pytest.mark.parametrize("draft", DRAFTS)
async def test_a_sample_at_an_honest_one_finds_nothing(tmp_path: Path, draft: str) -> None:
    async with external(tmp_path, draft) as served:
        value = await fuzzed(batch(served, 100))
    assert (value["verdict"], value["cases"], value["found"]) == ("passed", 100, [])
    assert "400 malformed" in value["outcomes"]
    assert value["labels"] > 8


async def test_which_cases_there_are_follows_from_the_seed(tmp_path: Path) -> None:
    """Keys and groups do not: those are others each time."""
    async with external(tmp_path) as served:
        found = [[], []]
        for said in found:
            async with open_around(server_in(served.over)) as (environment, _):
                target = ExternalRequests(environment, "c.example")
                tally = Tally()
                for number in range(20):
                    await one(target, str(environment.kind), number, "1", tally)
                said += [seed.name for seed in environment.seeds]
                said.append(sum(count for _, count in tally.outcomes.items()))
    assert found[0] == found[1]


async def with_findings(served: Served, lie: Callable[[HTTPReply], HTTPReply], cases: int) -> list[Finding]:
    """Those of a server that is wrong once the scene is set."""
    found = Tally()
    provider = served.session.provider("c.example")
    async with open_around(server_in(served.over)) as (environment, _):
        target = ExternalRequests(environment, "c.example")
        provider.executor.interceptors.begin(Wrong(lie))
        for number in range(cases):
            await one(target, str(environment.kind), number, "1", found, str(served.over))
        provider.executor.interceptors.end()
    return found.findings


async def test_one_that_fails_is_found_reduced_and_found_again(tmp_path: Path) -> None:
    async with external(tmp_path) as served:
        first, *more = await with_findings(served, lambda reply: HTTPReply(500), 6)
        assert first.error.startswith("ServerFailed: HTTP 500 to ")
        assert first.altered == "nothing", "whatever it gets, it fails"
        assert first.kind == f"ServerFailed at {first.shot['endpoint']}"
        assert {first.kind} != {each.kind for each in more}, "each endpoint is a kind of its own"
        assert await replayed(first) is None, "it is honest now"


@pytest.mark.parametrize(
    ("lie", "kind"),
    [
        (lambda reply: HTTPReply(200, (), b"<html>"), "OddAnswer"),
        (lambda reply: HTTPReply(reply.status, reply.headers, b"oh"), "OddAnswer"),
    ],
)
async def test_one_that_answers_anything_is_found(
    tmp_path: Path, lie: Callable[[HTTPReply], HTTPReply], kind: str
) -> None:
    async with external(tmp_path, ROOMS) as served:
        found = await with_findings(served, lie, 8)
    assert {each.error.partition(":")[0] for each in found} == {kind}


async def test_one_that_takes_half_a_body_is_found(tmp_path: Path) -> None:
    async with external(tmp_path, ROOMS) as served, open_around(server_in(served.over)) as (environment, _):
        target = ExternalRequests(environment, "c.example")
        seed = next(seed for seed in environment.seeds if seed.endpoint == "requestConsent")
        whole = seed.shot(b"")
        shot = {**whole, "body": "", "cut_short": True, "body_only": True}
        assert await target.fire(shot) == "400 malformed"
        served.session.provider("c.example").executor.interceptors.begin(Wrong(lambda reply: HTTPReply(201)))
        shot["body"] = "00"
        with pytest.raises(
            Exception,
            match=r"HTTP 201 to requestConsent of a\.example at c\.example, though the body of the request was cut",
        ):
            await target.fire(shot)


@pytest.mark.parametrize(
    ("mode", "error"),
    [("silent", "NoAnswer: no answer to "), ("hang up", "NotServing: afterwards an honest ds_domain fails: ")],
    ids=["silent", "hangs-up"],
)
async def test_one_that_is_there_no_more_is_one_finding_with_all_that_was_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, error: str
) -> None:
    """After it nobody can tell anything: the batch ends, the case is not reduced, and the next batch says why."""
    monkeypatch.setattr("simulator.fuzzing.external.exchange.PATIENCE", 1.0)
    monkeypatch.setattr("simulator.fuzzing.external.scene.PATIENCE", 1.0)
    async with external(tmp_path) as served:
        seen = []

        def spoil(reply: HTTPReply) -> HTTPReply:
            seen.append(reply)
            if len(seen) == 30:
                served.relay.mode = mode
            return reply

        served.session.provider("c.example").executor.interceptors.begin(Wrong(spoil))
        value = await fuzzed(batch(served, 200))
        assert (value["verdict"], value["findings"]) == ("failed", 1)
        assert value["cases"] + value["left"] == 200
        assert value["left"] > 100
        (found,) = value["found"]
        assert found["error"].startswith(error)
        assert found["altered"] != "nothing"
        assert list(await fuzzed(batch(served, 200))) == ["gone"]
        with pytest.raises(Gone):
            await replayed(Finding(**found))
