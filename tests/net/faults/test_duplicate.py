"""What arrives twice counts once."""

import pytest

from simulator.clients.operations import UpdateClient
from simulator.net.faults import Duplicate, RequestMatch
from simulator.net.http import HTTPReply, HTTPRequest
from tests.net.faults.theatre import TO_BOB, Theatre
from tests.net.stage import Stage


async def test_a_delivery_is_queued_once(theatre: Theatre) -> None:
    server = theatre.session.provider("b")
    twice = theatre.session.inject(Duplicate(where=TO_BOB))
    theatre.session.client("bob").online = False
    await theatre.say(b"0", b"1", b"2")
    assert server.queued(theatre.session.client("bob").uri) == 3
    theatre.session.client("bob").online = True
    await theatre.session.settle()
    assert theatre.inbox("bob") == [b"0", b"1", b"2"]
    assert twice.hits == 3


@pytest.mark.parametrize("answer", ["first", "last"])
async def test_a_commit_that_arrives_twice_is_made_once(theatre: Theatre, answer: str) -> None:
    epoch = theatre.session.client("carol").groups[theatre.group].epoch
    where = RequestMatch(sender="c.example", operation=("update_client",))
    theatre.session.inject(Duplicate(where=where, answer=answer))  # type: ignore[arg-type]
    await theatre.session.client("carol").perform(UpdateClient(theatre.group))
    await theatre.session.settle()
    for name in ("alice", "bob", "carol"):
        assert theatre.session.client(name).groups[theatre.group].epoch == epoch + 1


@pytest.mark.parametrize(("answer", "body"), [("first", b"1"), ("last", b"2")])
async def test_the_same_bytes_twice_and_one_answer(stage: Stage, answer: str, body: bytes) -> None:
    bodies: list[bytes] = []

    async def count(request: HTTPRequest) -> HTTPReply:
        bodies.append(request.body)
        return HTTPReply(200, (), b"%d" % len(bodies))

    await stage.serve(count)
    stage.network.faults.inject(Duplicate(answer=answer))  # type: ignore[arg-type]
    reply = await (await stage.client()).request("POST", "https://ds.a.example/x", b"same")
    assert (reply.body, bodies) == (body, [b"same", b"same"])


async def test_the_first_answer_stands_if_the_second_request_gets_none(stage: Stage) -> None:
    async def answer_and_leave(_: HTTPRequest) -> HTTPReply:
        stage.network.unbind("ds.a.example")
        return HTTPReply(204)

    await stage.serve(answer_and_leave)
    stage.network.faults.inject(Duplicate())
    assert (await (await stage.client()).request("POST", "https://ds.a.example/x")).status == 204
