"""What arrives twice counts once."""

import pytest

from simulator.clients.operations import UpdateClient
from simulator.net.faults import Duplicate, RequestMatch
from simulator.net.http import HTTPReply, HTTPRequest
from tests.net.faults.running_group import TO_BOB, RunningGroup
from tests.net.loopback import Loopback


async def test_a_delivery_is_queued_once(running_group: RunningGroup) -> None:
    server = running_group.session.provider("b")
    twice = running_group.session.inject(Duplicate(where=TO_BOB))
    running_group.session.client("bob").online = False
    await running_group.say(b"0", b"1", b"2")
    assert server.queued(running_group.session.client("bob").uri) == 3
    running_group.session.client("bob").online = True
    await running_group.session.settle()
    assert running_group.inbox("bob") == [b"0", b"1", b"2"]
    assert twice.hits == 3


@pytest.mark.parametrize("answer", ["first", "last"])
async def test_a_commit_that_arrives_twice_is_made_once(running_group: RunningGroup, answer: str) -> None:
    epoch = running_group.session.client("carol").groups[running_group.group].epoch
    where = RequestMatch(sender="c.example", operation=("update_client",))
    running_group.session.inject(Duplicate(where=where, answer=answer))  # type: ignore[arg-type]
    await running_group.session.client("carol").perform(UpdateClient(running_group.group))
    await running_group.session.settle()
    for name in ("alice", "bob", "carol"):
        assert running_group.session.client(name).groups[running_group.group].epoch == epoch + 1


@pytest.mark.parametrize(("answer", "body"), [("first", b"1"), ("last", b"2")])
async def test_the_same_bytes_twice_and_one_answer(loopback: Loopback, answer: str, body: bytes) -> None:
    bodies: list[bytes] = []

    async def count(request: HTTPRequest) -> HTTPReply:
        bodies.append(request.body)
        return HTTPReply(200, (), b"%d" % len(bodies))

    await loopback.serve(count)
    loopback.network.faults.inject(Duplicate(answer=answer))  # type: ignore[arg-type]
    reply = await (await loopback.client()).request("POST", "https://ds.a.example/x", b"same")
    assert (reply.body, bodies) == (body, [b"same", b"same"])


async def test_the_first_answer_stands_if_the_second_request_gets_none(loopback: Loopback) -> None:
    async def answer_and_leave(_: HTTPRequest) -> HTTPReply:
        loopback.network.unbind("ds.a.example")
        return HTTPReply(204)

    await loopback.serve(answer_and_leave)
    loopback.network.faults.inject(Duplicate())
    assert (await (await loopback.client()).request("POST", "https://ds.a.example/x")).status == 204
