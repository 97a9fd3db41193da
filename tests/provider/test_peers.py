"""How a provider finds others and learns their keys: it asks once, remembers, and asks again when it must."""

from collections.abc import Callable

import pytest
import trio

from simulator.drafts.draft import BadAnswer
from simulator.federation import Session
from simulator.net import Address, HTTPReply, HTTPRequest, Server, listening_socket, serve
from simulator.net.errors import TransportError
from simulator.services.policy import DAY
from simulator.services.refusal import Refusal
from tests.federated import connected


def _requests(session: Session, sender: str, endpoint: str) -> int:
    return sum(1 for e in session.recorder.exchanges if (e.sender, e.endpoint) == (sender, endpoint))


async def test_discovery_is_asked_once_and_again_when_max_age_is_over(session: Session) -> None:
    peers = session.provider("a").peers
    async with trio.open_nursery() as nursery:
        for _ in range(3):
            nursery.start_soon(peers.ds_host, "b.example")
    assert _requests(session, "a.example", "ds_domain") == 1
    session.advance(3599)
    assert await peers.ds_host("b.example") == "ds.b.example"
    assert _requests(session, "a.example", "ds_domain") == 1
    session.advance(1)
    await peers.ds_host("b.example")
    assert _requests(session, "a.example", "ds_domain") == 2


async def test_the_verification_key_is_fetched_once_and_again_when_it_has_ended(session: Session) -> None:
    peers = session.provider("a").peers
    first = await peers.verification_key("b.example")
    assert await peers.verification_key("b.example") == first
    assert _requests(session, "a.example", "verification_key") == 1
    session.advance(first.not_after - session.now + 1)
    second = await peers.verification_key("b.example")
    assert second.public_key != first.public_key
    assert _requests(session, "a.example", "verification_key") == 2


async def test_a_provider_knows_its_own_key_without_asking(session: Session) -> None:
    key = await session.provider("a").peers.verification_key("a.example")
    assert key == await session.provider("b").peers.verification_key("a.example")
    assert _requests(session, "a.example", "verification_key") == 0


async def test_a_rotated_key_is_fetched_when_the_old_one_fails(session: Session) -> None:
    await connected(session, ("alice", "bob"))
    before = _requests(session, "b.example", "verification_key")
    session.advance(89 * DAY + 1)  # a.example signs with a new key now, the old one is good for a day
    session.client("bob").publish(1, connection=True, last_resort=False)
    await session.client("alice").request_connection(session.user("bob").uri)
    await session.settle()
    assert _requests(session, "b.example", "verification_key") == before + 1
    assert len(session.client("bob").connection_requests) == 1


Answer = Callable[[HTTPRequest], HTTPReply]
TEXT = (("content-type", "text/plain; charset=us-ascii"),)


@pytest.fixture
async def impostor(session: Session, nursery: trio.Nursery):
    """Let a server of the test's own stand at b.example and its DS host, with a good certificate."""

    async def start(answer: Answer) -> None:
        async def handler(request: HTTPRequest) -> HTTPReply:
            return answer(request)

        world = session.provider("b")
        context = session.authority.server_context(world.identity)

        async def run(*, task_status: trio.TaskStatus[Server]) -> None:
            await serve(
                [listening_socket()],
                context,
                handler,
                name="impostor",
                report=lambda report: None,
                task_status=task_status,
            )

        server: Server = await nursery.start(run)
        address: Address = server.addresses[0]
        session.network.bind("b.example", address)
        session.network.bind("ds.b.example", address)

    return start


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (HTTPReply(404, TEXT, b"ds.b.example"), "HTTP 404, not 200"),
        (HTTPReply(302, (*TEXT, ("location", "https://ds.b.example/")), b""), "HTTP 302, not 200"),
        (HTTPReply(200, (("content-type", "text/html"),), b"ds.b.example"), "'text/html', not text/plain"),
        (HTTPReply(200, TEXT, b"ds.b.example\n\n"), "no host name"),
        (HTTPReply(200, TEXT, b"<html>"), "no host name"),
        (HTTPReply(200, TEXT, b"127.0.0.1"), "no host name"),
        (HTTPReply(200, TEXT, b"a." * 126 + b"aa"), "no host name"),
        (HTTPReply(200, TEXT, "dß.example".encode()), "no host name"),
    ],
)
async def test_bad_answers_to_discovery(session: Session, impostor, reply: HTTPReply, reason: str) -> None:
    await impostor(lambda _: reply)
    with pytest.raises(BadAnswer, match=reason):
        await session.provider("a").peers.ds_host("b.example")
    assert _requests(session, "a.example", "ds_domain") == 1, "a discovery error is not retried"


async def test_a_key_host_that_speaks_for_another_provider_is_not_believed(session: Session, impostor) -> None:
    theirs = await session.provider("c").peers.verification_key("c.example")
    assert theirs.provider == "c.example"
    real = await session.provider("a").http.request(
        "GET",
        "https://ds.c.example/verification_key",
        session.draft.write(_question(), sender="a.example", recipient="c.example").body,
        content_type="application/octet-stream",
    )

    def answer(request: HTTPRequest) -> HTTPReply:
        if request.path == session.draft.discovery.path:
            return HTTPReply(200, TEXT, b"ds.b.example")
        return HTTPReply(200, (("content-type", "application/octet-stream"),), real.body)

    await impostor(answer)
    with pytest.raises(Refusal, match=r"asked b\.example for its key, got one of c\.example"):
        await session.provider("a").peers.verification_key("b.example")


async def test_a_key_host_that_answers_junk_makes_the_sender_unverifiable(session: Session, impostor) -> None:
    await impostor(lambda _: HTTPReply(200, TEXT, b"ds.b.example"))
    with pytest.raises(Refusal, match=r"the verification key of b\.example can't be had") as refused:
        await session.provider("a").peers.verification_key("b.example")
    assert refused.value.code == "sender_unverifiable"


async def test_nobody_at_that_name(session: Session) -> None:
    with pytest.raises(TransportError, match=r"no host has the name b\.exmaple"):
        await session.provider("a").peers.ds_host("b.exmaple")


def _question():
    from simulator.services.commands import FetchVerificationKey

    return FetchVerificationKey()
