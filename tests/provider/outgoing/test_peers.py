"""How a provider finds others: it asks once, remembers, and asks again when it must."""

import gzip
from time import process_time

import pytest
import trio
from trio.abc import HostnameResolver

from simulator.clients.operations import AddUsers, CreateGroup
from simulator.drafts.requests.endpoint import BadAnswer, Outgoing
from simulator.drafts.requests.template import Template
from simulator.federation import Certificate, Session
from simulator.net import HTTPReply
from simulator.net.errors import TransportError
from simulator.provider.adversary import Answering
from simulator.services.refusal import Refusal
from tests.federated import connected
from tests.provider.impostor import TEXT, discovered_at, requests


async def test_discovery_is_asked_once_and_again_when_max_age_is_over(session: Session) -> None:
    peers = session.provider("a").peers
    async with trio.open_nursery() as nursery:
        for _ in range(3):
            nursery.start_soon(peers.hosts, "b.example")
    assert requests(session, "a.example", "ds_domain") == 1
    session.advance(3599)
    assert await peers.hosts("b.example") == ("ds.b.example",)
    assert requests(session, "a.example", "ds_domain") == 1
    session.advance(1)
    await peers.hosts("b.example")
    assert requests(session, "a.example", "ds_domain") == 2


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
        await session.provider("a").peers.hosts("b.example")
    assert requests(session, "a.example", "ds_domain") == 1, "a discovery error is not retried"


async def test_nobody_at_that_name(session: Session) -> None:
    with pytest.raises(TransportError, match=r"no host has the name b\.exmaple"):
        await session.provider("a").peers.hosts("b.exmaple")


async def test_answers_are_not_decompressed(session: Session, impostor) -> None:
    bomb = gzip.compress(b"ds.b.example" + bytes(10_000_000))
    headers = (*TEXT, ("content-encoding", "gzip"))
    await impostor(lambda _: HTTPReply(200, headers, bomb))
    with pytest.raises(BadAnswer, match="no host name"):
        await session.provider("a").peers.hosts("b.example")
    assert session.recorder.exchanges[-1].response == bomb


async def test_a_ds_host_that_leads_to_another_provider_leads_no_further(session: Session, impostor) -> None:
    """b.example says that it is at c.example's, which says 403: no circle, no second try."""
    await impostor(discovered_at("ds.c.example"))
    before = len(session.recorder.exchanges)
    with pytest.raises(Refusal, match=r"this is for b\.example, not for c\.example"):
        await session.provider("a").keys.of("b.example")
    assert [(e.recipient, e.status) for e in session.recorder.exchanges[before:]] == [
        ("b.example", 200),
        ("ds.c.example", 403),
    ]


INSIDE = (
    "localhost",
    "localhost:{port}",
    "app.localhost",
    "printer.local",
    "metadata.internal",
    "intranet",
    "127.0.0.1",
    "127.0.0.1:{port}",
    "127.1",
    "2130706433",
    "0x7f.0.0.0x1",
    "10.0.0.1",
    "169.254.169.254",
    "[::1]",
    "[::1]:{port}",
    "::1",
    "ds.b.example:{port}",
    "ds.b.example@127.0.0.1",
    "127.0.0.1/ds.b.example",
    "https://127.0.0.1:{port}",
    "a.example",
    "ds.a.example",
)
"""What a lying provider may hope that we dial: our own machine, our network, ourselves."""


class NoResolver(HostnameResolver):
    """The system's names must never be asked for."""

    asked: list[object]

    def __init__(self) -> None:
        self.asked = []

    async def getaddrinfo(self, host, port, family=0, type=0, proto=0, flags=0):  # noqa: A002  # trio's signature
        self.asked.append(host)
        raise OSError

    async def getnameinfo(self, sockaddr, flags):
        self.asked.append(sockaddr)
        raise OSError


@pytest.mark.parametrize("host", INSIDE)
async def test_no_answer_makes_us_dial_into_our_own_machine(
    session: Session, impostor, nursery: trio.Nursery, host: str
) -> None:
    dialled = list[str]()

    async def victim(stream: trio.SocketStream) -> None:
        dialled.append(str(stream.socket.getpeername()))
        await stream.aclose()

    [listener] = await trio.open_tcp_listeners(0, host="127.0.0.1")
    nursery.start_soon(trio.serve_listeners, victim, [listener])
    _, port = listener.socket.getsockname()
    resolver = NoResolver()
    trio.socket.set_custom_hostname_resolver(resolver)
    await impostor(discovered_at(host.format(port=port)))
    before = len(session.recorder.exchanges)
    with pytest.raises(BadAnswer, match=r"no host name|which is us"):
        await session.provider("a").peers.hosts("b.example")
    with pytest.raises(Refusal) as refused:
        await session.provider("a").keys.of("b.example")
    assert refused.value.code == "sender_unverifiable"
    assert {e.recipient for e in session.recorder.exchanges[before:]} == {"b.example"}
    assert (dialled, resolver.asked) == ([], [])


async def test_a_name_that_looks_good_but_is_nobodys_is_not_looked_up_elsewhere(session: Session, impostor) -> None:
    resolver = NoResolver()
    trio.socket.set_custom_hostname_resolver(resolver)
    await impostor(discovered_at("localtest.example.com"))
    with pytest.raises(Refusal, match=r"no host has the name localtest\.example\.com"):
        await session.provider("a").keys.of("b.example")
    assert resolver.asked == []


async def test_a_host_that_says_it_is_not_the_providers_is_forgotten(session: Session, impostor) -> None:
    """b.example has moved; where it was, somebody says 421, and the next request finds it where it is."""
    peers = session.provider("a").peers
    question = Outgoing("verification_key", session.draft.named("verification_key"), "b.example", b"")
    await peers.hosts("b.example")
    await impostor(lambda _: HTTPReply(421))
    assert (await peers.send(question)).status == 421
    await session.present("b", Certificate.good)
    before = requests(session, "a.example", "ds_domain")
    assert (await peers.send(question)).status == 400
    assert requests(session, "a.example", "ds_domain") == before + 1


@pytest.mark.parametrize(
    ("path", "arm", "item"),
    [
        pytest.param("/welcome_information", b"\x03", b"\x00", id="blank-nodes"),
        pytest.param("/welcome_information", b"\x03", b"\x01\x02\x00\x00\x00", id="parent-nodes"),
        pytest.param("/deliver_message", b"\x00", b"\x00", id="unknown-clients"),
    ],
)
async def test_an_answer_with_too_many_values_is_not_decoded(
    session: Session, path: str, arm: bytes, item: bytes
) -> None:
    """Of the answers that a client takes, 16 MiB, these keep the longest busy."""
    await connected(session, ("alice", "bob"))
    alice, bob = session.client("alice"), session.client("bob")
    items = item * (4_000_000 // len(item))
    body = b"\x00\x01" + arm + (len(items) | 2 << 30).to_bytes(4, "big") + items
    liar = session.provider("a" if path == "/welcome_information" else "b")
    liar.executor.interceptors.begin(Answering(Template(path), lambda honest: HTTPReply(200, honest.headers, body)))
    group = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(group, (bob.user,)))
    began = process_time()
    await session.settle()
    assert process_time() - began < 2
    misread = [e for e in session.recorder.exchanges if e.endpoint == path.strip("/") and e.response == body]
    assert (group in bob.groups) == (path != "/welcome_information")  # a guest that lies may have queued it
    assert misread
    liar.executor.interceptors.end()
    session.advance(4)
    await session.settle()
    assert group in bob.groups
