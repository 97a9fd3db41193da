"""How a provider finds others and learns their keys: it asks once, remembers, and asks again when it must."""

import gzip
from collections.abc import Callable
from time import process_time

import pytest
import trio
from trio.abc import HostnameResolver
from trio.testing import MockClock, wait_all_tasks_blocked

from simulator.clients.operations import AddUsers, CreateGroup, Send
from simulator.drafts.endpoint import BadAnswer, Outgoing
from simulator.drafts.mls_profile import CONNECTION
from simulator.drafts.requester import Requester
from simulator.drafts.template import Template
from simulator.federation import Certificate, Session
from simulator.net import Address, ClientLimits, HTTPClient, HTTPReply, HTTPRequest, Server, listening_socket, serve
from simulator.net.errors import TransportError
from simulator.net.faults import ClockSkew, RefuseConnection, RequestMatch
from simulator.provider.adversary import Answering
from simulator.services.commands import FetchKeyPackages, FetchVerificationKey
from simulator.services.policy import DAY
from simulator.services.provider_keys import sign_as_provider
from simulator.services.refusal import Refusal
from simulator.services.results import ProviderKey
from simulator.trace import Recorder
from tests.federated import connected


def _requests(session: Session, sender: str, endpoint: str) -> int:
    return sum(1 for e in session.recorder.exchanges if (e.sender, e.endpoint) == (sender, endpoint))


async def test_discovery_is_asked_once_and_again_when_max_age_is_over(session: Session) -> None:
    peers = session.provider("a").peers
    async with trio.open_nursery() as nursery:
        for _ in range(3):
            nursery.start_soon(peers.hosts, "b.example")
    assert _requests(session, "a.example", "ds_domain") == 1
    session.advance(3599)
    assert await peers.hosts("b.example") == ("ds.b.example",)
    assert _requests(session, "a.example", "ds_domain") == 1
    session.advance(1)
    await peers.hosts("b.example")
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
    session.client("bob").publish(1, CONNECTION, last_resort=False)
    await session.client("alice").request_connection(session.user("bob").uri)
    await session.settle()
    assert _requests(session, "b.example", "verification_key") == before + 1
    assert len(session.client("bob").connection_requests) == 1


Answer = Callable[[HTTPRequest], HTTPReply]
OCTETS = "application/octet-stream"
TEXT = (("content-type", "text/plain; charset=us-ascii"),)


@pytest.fixture
async def impostor(session: Session, nursery: trio.Nursery):
    """Let a server of the test's own stand at b.example and its DS host, with a good certificate."""

    async def start(answer: Answer, hang: tuple[str, trio.Event] | None = None) -> None:
        async def handler(request: HTTPRequest) -> HTTPReply:
            if hang is not None and request.path == hang[0]:
                hang[1].set()
                await trio.sleep_forever()
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
        await session.provider("a").peers.hosts("b.example")
    assert _requests(session, "a.example", "ds_domain") == 1, "a discovery error is not retried"


async def test_a_key_host_that_speaks_for_another_provider_is_not_believed(session: Session, impostor) -> None:
    theirs = await session.provider("c").peers.verification_key("c.example")
    assert theirs.provider == "c.example"
    real = await session.provider("a").http.request(
        "GET",
        "https://ds.c.example/verification_key",
        session.draft.write(FetchVerificationKey(), sender="a.example", recipient="c.example").body,
        content_type="application/octet-stream",
    )

    def answer(request: HTTPRequest) -> HTTPReply:
        if request.path == session.draft.discovery.endpoint.path:
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
        await session.provider("a").peers.hosts("b.exmaple")


KEY_PATH = "/verification_key"


@pytest.fixture
def rubbish(session: Session) -> bytes:
    """A well-formed request to a.example in the name of b.example, with a signature that is none."""
    command = FetchKeyPackages("mimi://b.example/u/bob", "mimi://a.example/u/alice", CONNECTION)
    return session.draft.write_fetch(command, Requester("b.example", lambda *_: bytes(64))).body


async def _send(session: Session, body: bytes) -> tuple[int, str | None]:
    reply = await session.send_raw("c", "a", "connection_key_packages", body)
    return reply.http, reply.error


async def test_a_flood_of_bad_signatures_does_not_make_us_ask_for_the_key_each_time(
    session: Session, rubbish: bytes
) -> None:
    for _ in range(20):
        assert await _send(session, rubbish) == (401, "invalid_signature")
    assert _requests(session, "a.example", "verification_key") == 2, "the key, and once more in case it was rotated"
    session.advance(59)
    await _send(session, rubbish)
    assert _requests(session, "a.example", "verification_key") == 2
    session.advance(1)
    for _ in range(5):
        await _send(session, rubbish)
    assert _requests(session, "a.example", "verification_key") == 3


async def test_a_fetch_that_fails_says_nothing_of_the_signature(session: Session, rubbish: bytes) -> None:
    await session.provider("a").peers.verification_key("b.example")
    with session.inject(RefuseConnection(where=RequestMatch(recipient="b.example", endpoint="verification_key"))):
        for _ in range(2):
            assert await _send(session, rubbish) == (502, "sender_unverifiable")
    before = _requests(session, "a.example", "verification_key")
    for _ in range(3):
        assert await _send(session, rubbish) == (401, "invalid_signature")
    assert _requests(session, "a.example", "verification_key") == before + 1


async def test_a_clock_that_was_ahead_lets_us_ask_for_a_key_again_in_a_minute(session: Session, rubbish: bytes) -> None:
    with session.inject(ClockSkew(provider="a.example", seconds=10 * DAY)):
        await _send(session, rubbish)
        before = _requests(session, "a.example", "verification_key")
    session.advance(60)
    await _send(session, rubbish)
    assert _requests(session, "a.example", "verification_key") == before + 1


async def test_a_rotation_in_the_midst_of_such_a_flood_only_delays(session: Session, rubbish: bytes) -> None:
    """The flood has used up the one time; what b.example signs with its new key has to wait for the next."""
    await connected(session, ("bob", "alice"))
    bob, alice = session.client("bob"), session.client("alice")
    group = await bob.perform(CreateGroup())
    await bob.perform(AddUsers(group, (alice.user,)))
    await session.settle()
    old = await session.provider("b").peers.verification_key("b.example")
    session.advance(old.not_after - session.now - DAY)
    await _send(session, rubbish)
    session.advance(1)
    assert await session.provider("b").peers.verification_key("b.example") != old
    await bob.perform(Send(group, b"signed with the new key"))
    await session.settle()
    assert [received.data for received in alice.inbox] == []
    for _ in range(20):
        session.advance(8)
        await session.settle()
    assert [received.data for received in alice.inbox] == [b"signed with the new key"]


async def test_what_was_signed_before_a_rotation_and_comes_after_it_is_signed_again(session: Session) -> None:
    """a.example has the new key already when a request with the old one arrives: the outbox signs the next attempt."""
    await connected(session, ("bob", "alice"))
    command = FetchKeyPackages("mimi://b.example/u/bob", "mimi://a.example/u/alice", CONNECTION)
    sign = session.provider("b").executor.do(sign_as_provider)
    late = session.draft.write_fetch(command, Requester("b.example", sign)).body
    old = await session.provider("b").peers.verification_key("b.example")
    session.advance(old.not_after - session.now - DAY + 1)
    sign = session.provider("b").executor.do(sign_as_provider)
    fresh = session.draft.write_fetch(command, Requester("b.example", sign)).body
    assert (await _send(session, fresh))[1] != "invalid_signature"
    assert await _send(session, late) == (401, "invalid_signature")
    assert (await _send(session, fresh))[1] != "invalid_signature"


async def test_a_key_host_that_hangs_costs_its_patience_once(
    session: Session, impostor, rubbish: bytes, mock_clock: MockClock
) -> None:
    asked = trio.Event()
    await impostor(_ds_host("ds.b.example"), hang=(KEY_PATH, asked))
    statuses = list[int]()
    context, patient = session.authority.client_context(), ClientLimits(seconds=1000)

    async with HTTPClient("c.example", session.network, context, Recorder(), limits=patient) as client:

        async def send() -> None:
            url = "https://ds.a.example/connection_key_packages"
            statuses.append((await client.request("POST", url, rubbish, content_type=OCTETS)).status)

        async with trio.open_nursery() as nursery:
            for _ in range(5):
                nursery.start_soon(send)
            await asked.wait()
            for _ in range(4):
                await wait_all_tasks_blocked()
                mock_clock.jump(1)  # the next of c.example's requests is begun
            await wait_all_tasks_blocked()
            mock_clock.jump(27)
    assert statuses == [502] * 5
    assert trio.current_time() == 31
    assert _requests(session, "a.example", "verification_key") == 1


async def test_a_key_host_that_redirects_is_not_followed(session: Session, impostor, rubbish: bytes) -> None:
    there = (("location", "https://ds.c.example/verification_key"),)

    def answer(request: HTTPRequest) -> HTTPReply:
        return HTTPReply(302, there) if request.path == KEY_PATH else HTTPReply(200, TEXT, b"ds.b.example")

    await impostor(answer)
    assert await _send(session, rubbish) == (502, "sender_unverifiable")
    assert not [e for e in session.recorder.exchanges if (e.sender, e.recipient) == ("a.example", "ds.c.example")]


async def test_answers_are_not_decompressed(session: Session, impostor) -> None:
    bomb = gzip.compress(b"ds.b.example" + bytes(10_000_000))
    headers = (*TEXT, ("content-encoding", "gzip"))
    await impostor(lambda _: HTTPReply(200, headers, bomb))
    with pytest.raises(BadAnswer, match="no host name"):
        await session.provider("a").peers.hosts("b.example")
    assert session.recorder.exchanges[-1].response == bomb


async def test_a_ds_host_that_leads_to_another_provider_leads_no_further(session: Session, impostor) -> None:
    """b.example says that it is at c.example's, which says 403: no circle, no second try."""
    await impostor(_ds_host("ds.c.example"))
    before = len(session.recorder.exchanges)
    with pytest.raises(Refusal, match=r"this is for b\.example, not for c\.example"):
        await session.provider("a").peers.verification_key("b.example")
    assert [(e.recipient, e.status) for e in session.recorder.exchanges[before:]] == [
        ("b.example", 200),
        ("ds.c.example", 403),
    ]


def _ds_host(host: str) -> Answer:
    return lambda _: HTTPReply(200, TEXT, host.encode())


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
    await impostor(_ds_host(host.format(port=port)))
    before = len(session.recorder.exchanges)
    with pytest.raises(BadAnswer, match=r"no host name|which is us"):
        await session.provider("a").peers.hosts("b.example")
    with pytest.raises(Refusal) as refused:
        await session.provider("a").peers.verification_key("b.example")
    assert refused.value.code == "sender_unverifiable"
    assert {e.recipient for e in session.recorder.exchanges[before:]} == {"b.example"}
    assert (dialled, resolver.asked) == ([], [])


async def test_a_name_that_looks_good_but_is_nobodys_is_not_looked_up_elsewhere(session: Session, impostor) -> None:
    resolver = NoResolver()
    trio.socket.set_custom_hostname_resolver(resolver)
    await impostor(_ds_host("localtest.example.com"))
    with pytest.raises(Refusal, match=r"no host has the name localtest\.example\.com"):
        await session.provider("a").peers.verification_key("b.example")
    assert resolver.asked == []


async def test_two_requests_that_fail_at_once_make_us_fetch_a_rotated_key_once(session: Session) -> None:
    """Who failed with a key that has been replaced since takes the new one; asking once more is neither needed nor,
    within the minute, allowed.
    """
    peers = session.provider("a").peers
    old = await peers.verification_key("b.example")
    session.advance(old.not_after - session.now - DAY + 1)  # b.example signs with a new key, the old one is still good
    found = list[ProviderKey]()

    async def fail() -> None:
        found.append(await peers.verification_key("b.example", replacing=old))

    async with trio.open_nursery() as nursery:
        for _ in range(2):
            nursery.start_soon(fail)
    await fail()
    session.advance(60)
    await fail()
    assert found == [found[0]] * 4
    assert found[0] != old
    assert _requests(session, "a.example", "verification_key") == 2


async def test_a_host_that_says_it_is_not_the_providers_is_forgotten(session: Session, impostor) -> None:
    """b.example has moved; where it was, somebody says 421, and the next request finds it where it is."""
    peers = session.provider("a").peers
    question = Outgoing("verification_key", session.draft.named("verification_key"), "b.example", b"")
    await peers.hosts("b.example")
    await impostor(lambda _: HTTPReply(421))
    assert (await peers.send(question)).status == 421
    await session.present("b", Certificate.good)
    before = _requests(session, "a.example", "ds_domain")
    assert (await peers.send(question)).status == 400
    assert _requests(session, "a.example", "ds_domain") == before + 1


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
