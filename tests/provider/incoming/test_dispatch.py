"""Every check of PROTOCOL.md section 2, over HTTPS: a request that breaks several rules hears of the first."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
import trio

from simulator.codec import MOST_VALUES, UNBOUNDED, decode, encode
from simulator.drafts.draft import Draft
from simulator.drafts.mimi_transport_00.messages.common import ErrorCode, ErrorResponse, Head
from simulator.drafts.mimi_transport_00.messages.queueing import QSRequestType, QueueingServiceRequest
from simulator.drafts.mimi_transport_00.rules.deliveries import delivery, read_message
from simulator.drafts.mls_profile import CONNECTION
from simulator.drafts.requests.endpoint import Answer, Endpoint, Incoming
from simulator.drafts.requests.requester import Requester
from simulator.drafts.requests.wire_request import WireRequest
from simulator.federation import Session
from simulator.mls.crypto import CipherSuite
from simulator.mls.framing.message import MLSMessage
from simulator.net import Credential, GivenCredential, HTTPClient, HTTPReply, HTTPRequest, PeerFacts, TransportError
from simulator.net.faults import ClockSkew
from simulator.provider import WorkTracker
from simulator.provider.incoming.dispatch import Dispatch
from simulator.provider.incoming.request_handler import RequestHandler
from simulator.services.commands import FetchKeyPackages
from simulator.services.limits.rate_limit import Limit
from simulator.services.provider_keys import sign_as_provider
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Signature
from simulator.trace import Recorder
from tests.federated import connected, federation
from tests.net.certificates import dns, issued_pem, names, tlv

OCTETS = "application/octet-stream"


@dataclass(frozen=True)
class Attempt:
    """A request from b.example to a.example; the defaults are right in every respect but the last."""

    host: str = "ds.a.example"
    path: str = "/deliver_message"
    method: str = "POST"
    content_type: str | None = OCTETS
    padding: int = 0
    trailing: bytes = b""
    cut: int | None = None
    """After so many bytes."""
    recipients: int = 1
    version: int = 1
    recipient: str = "a.example"
    signer: str = "b.example"
    group_id: bytes = b"mimi://b.example/g/1"

    async def make(self, session: Session, message: MLSMessage) -> HTTPReply:
        sender = session.provider("b.example")
        clients = ("mimi://a.example/d/alice/phone",) * self.recipients
        outgoing = session.draft.write_delivery(
            delivery(QSRequestType.qs_deliver_message, self.group_id, clients, message),
            sender="b.example",
            recipient=self.recipient,
            sign=session.provider(self.signer).executor.do(sign_as_provider),
        )
        request = decode(QueueingServiceRequest, outgoing.body, UNBOUNDED)
        body = encode(replace(request, signed=replace(request.signed, version=self.version)))[: self.cut]
        return await sender.http.request(
            self.method,
            f"https://ds.a.example{self.path}",
            body + self.trailing + bytes(self.padding),
            content_type=self.content_type,
            headers=(("host", self.host),),
        )


def _error(reply: HTTPReply) -> str:
    assert reply.header("content-type") == OCTETS
    return decode(ErrorResponse, reply.body).error.code.name


LATER = {"group_id": b"mimi://c.example/g/1"}
"""What the operation itself refuses."""

BROKEN: list[tuple[dict[str, object], int, str]] = []
for change, status, code in [
    (LATER, 403, "not_authorized"),
    ({"signer": "c.example"}, 401, "invalid_signature"),
    ({"trailing": b"\x00"}, 400, "malformed"),
    ({"recipient": "c.example"}, 403, "wrong_recipient"),
    ({"version": 2}, 400, "unsupported_version"),
    ({"cut": 20}, 400, "malformed"),
    ({"padding": 40_000}, 413, "malformed"),
    ({"content_type": "text/plain"}, 415, "malformed"),
    ({"method": "PUT"}, 405, "unsupported_operation"),
    ({"path": "/deliver"}, 404, "unsupported_operation"),
    ({"host": "a.example"}, 421, "malformed"),
]:
    before = BROKEN[0][0] if BROKEN else {}
    BROKEN.insert(0, ({**before, **change}, status, code))


@pytest.fixture
async def session():
    async with federation(max_body=30_000) as running:
        yield running


@pytest.fixture
async def message(session: Session) -> bytes:
    """Any MLS message."""
    return await _connection_welcome(session)


async def _connection_welcome(session: Session) -> bytes:
    """The Welcome with which bob wants to connect to alice."""
    alice = session.user("alice").clients[0]
    alice.online = False
    await session.client("bob").request_connection(alice.user)
    await session.settle()
    (queued,) = session.provider("a").client_api.fetch(alice.uri)
    return read_message(queued).messages[0]


@pytest.mark.parametrize(("changes", "status", "code"), BROKEN, ids=[f"{row[1]}-{row[2]}" for row in BROKEN])
async def test_the_first_rule_that_breaks_is_the_one_named(
    session: Session, message: MLSMessage, changes: dict[str, object], status: int, code: str
) -> None:
    before = session.provider("a").queued("mimi://a.example/d/alice/phone")
    reply = await Attempt(**changes).make(session, message)  # type: ignore[arg-type]
    assert (reply.status, _error(reply)) == (status, code)
    assert session.provider("a").queued("mimi://a.example/d/alice/phone") == before


async def test_nothing_broken_is_accepted(session: Session, message: MLSMessage) -> None:
    reply = await Attempt().make(session, message)
    assert reply.status == 200


async def test_a_refusal_changes_nothing(session: Session, message: MLSMessage) -> None:
    provider = session.provider("a")
    await Attempt().make(session, message)  # discovery and the key of b.example are known from here on
    before = provider.fingerprint()
    for changes, _, _ in BROKEN:
        await Attempt(**changes).make(session, message)  # type: ignore[arg-type]
    assert provider.fingerprint() == before


async def test_405_names_the_method(session: Session, message: MLSMessage) -> None:
    reply = await Attempt(method="GET").make(session, message)
    assert reply.header("allow") == "POST"


async def test_the_port_in_the_authority_does_not_matter(session: Session, message: MLSMessage) -> None:
    assert (await Attempt(host="DS.A.example:8443").make(session, message)).status == 200


async def test_discovery_is_served_at_the_provider_domain_only(session: Session) -> None:
    http, path = session.provider("b").http, "/.well-known/mimi/ds-domain"
    found = await http.request("GET", f"https://a.example{path}")
    assert (found.status, found.body) == (200, b"ds.a.example\n")
    assert found.header("content-type") == "text/plain; charset=us-ascii"
    assert (await http.request("GET", f"https://ds.a.example{path}")).status == 421
    assert (await http.request("POST", f"https://a.example{path}")).status == 405


async def test_a_flood_is_refused_before_any_signature_is_checked() -> None:
    async with federation(rate_limits={"provider": Limit(burst=2, per_second=0.1)}) as session:
        await connected(session, ("alice", "bob"))  # uses up b.example's two tokens for a.example
        reply = await session.send_raw("a", "b", "connection_key_packages", _unsigned(session))
        assert (reply.http, reply.error) == (429, "rate_limited")
        session.advance(10)
        reply = await session.send_raw("a", "b", "connection_key_packages", _unsigned(session))
        assert (reply.http, reply.error) == (401, "invalid_signature")


async def test_a_clock_that_was_ahead_for_a_moment_fills_and_empties_no_bucket() -> None:
    async with federation(rate_limits={"provider": Limit(burst=2, per_second=0.1)}) as session:
        with session.inject(ClockSkew(provider="b.example", seconds=24 * 3600)):
            await session.send_raw("a", "b", "connection_key_packages", _unsigned(session))
            await session.send_raw("a", "b", "connection_key_packages", _unsigned(session))
            reply = await session.send_raw("a", "b", "connection_key_packages", _unsigned(session))
            assert reply.http == 429
        session.advance(10)
        reply = await session.send_raw("a", "b", "connection_key_packages", _unsigned(session))
        assert reply.http != 429, "one request is allowed again after ten seconds, not after a day"
        assert (await session.send_raw("a", "b", "connection_key_packages", _unsigned(session))).http == 429


_COMMAND = FetchKeyPackages("mimi://a.example/u/alice", "mimi://b.example/u/bob", CONNECTION)


def _unsigned(session: Session) -> bytes:
    return session.draft.write_fetch(_COMMAND, Requester("a.example", lambda *_: b"")).body


class Counting:
    """A draft like another, that counts how often a signature is checked and a request carried out."""

    def __init__(self, draft: Draft) -> None:
        self.checked = 0
        self.performed = 0
        self.draft = replace(draft, endpoints=tuple(replace(row, open=self._opener(row)) for row in draft.endpoints))

    def _opener(self, row: Endpoint) -> Callable[[WireRequest], Incoming]:
        def count(context: ServiceContext, perform: Callable[[ServiceContext], Answer]) -> Answer:
            self.performed += 1
            return perform(context)

        def open_request(request: WireRequest) -> Incoming:
            incoming = row.open(request)
            signature = incoming.signature
            counted = signature and CountedSignature(signature.label, signature.content, signature.value, self)
            return replace(incoming, signature=counted, perform=lambda context: count(context, incoming.perform))

        return open_request


@dataclass(frozen=True)
class CountedSignature(Signature):
    client_api: Counting

    def check(self, suite: CipherSuite, public_key: bytes, whose: str) -> None:
        self.client_api.checked += 1
        super().check(suite, public_key, whose)


def _arriving(session: Session, body: bytes, sender: str) -> HTTPRequest:
    peer = PeerFacts("1.1", "TLSv1.3", "", session.provider(sender).identity.certificate, ("127.0.0.9", 1))
    headers = (("content-type", OCTETS),)
    return HTTPRequest("ds.b.example", "POST", "/connection_key_packages", "", headers, body, peer)


async def test_a_refused_request_costs_no_signature_check_and_no_key() -> None:
    async with federation(rate_limits={"provider": Limit(burst=3, per_second=0.1)}) as session:
        provider, counting = session.provider("b"), Counting(session.draft)
        handler = RequestHandler(replace(provider.parts, draft=counting.draft), mutual_tls=False)
        dispatch = Dispatch(counting.draft, handler, WorkTracker(), provider.faults.append)
        request = _arriving(session, _unsigned(session), "a")
        statuses = [(await dispatch(request)).status for _ in range(50)]
        assert statuses == [401] * 3 + [429] * 47
        assert counting.checked == 3, "47 refusals, not one check for them"
        assert counting.performed == 0
        asked = [e.endpoint for e in session.recorder.exchanges if e.sender == "b.example"]
        assert asked == ["ds_domain", "verification_key", "verification_key"]


async def test_a_flood_from_an_unknown_provider_makes_us_ask_nobody() -> None:
    """Refused before we even look for the key of whoever is named as its sender."""
    async with federation(rate_limits={"address": Limit(burst=1, per_second=0.1)}) as session:
        await session.provider("c").peers.hosts("b.example")  # discovery has used up the one token
        before = len(session.recorder.exchanges)
        for _ in range(10):
            reply = await session.send_raw("c", "b", "connection_key_packages", _unsigned(session))
            assert (reply.http, reply.error) == (429, "rate_limited")
        assert {e.sender for e in session.recorder.exchanges[before:]} == {"c.example"}


async def test_one_providers_flood_does_not_use_up_anothers_grant() -> None:
    """Each provider is one peer address and one sender; what a.example floods is not missing to c.example."""
    limits = {"provider": Limit(burst=5, per_second=0.1), "address": Limit(burst=8, per_second=0.1)}
    async with federation(rate_limits=limits) as session:
        flood = [await session.send_raw("a", "b", "connection_key_packages", _unsigned(session)) for _ in range(20)]
        assert [reply.http for reply in flood].count(429) >= 15
        group = await session.client("carol").request_connection(session.user("bob").uri)
        await session.settle()
        assert session.client("bob").connection_requests == (group,)


async def test_429_says_when_to_come_back() -> None:
    async with federation(rate_limits={"provider": Limit(burst=1, per_second=0.1)}) as session:
        attempt = Attempt(host="ds.b.example", recipient="b.example", path="/connection_key_packages")
        http = session.provider("a").http
        replies = [
            await http.request("POST", f"https://ds.b.example{attempt.path}", _unsigned(session), content_type=OCTETS)
            for _ in range(2)
        ]
        assert [(reply.status, reply.header("retry-after")) for reply in replies] == [(401, None), (429, "10")]


CODINGS = [("gzip",), ("deflate",), ("br",), ("identity, gzip",), ("x-unknown",), ("identity", "gzip"), ("", "br")]


@pytest.mark.parametrize("http2", [False, True])
@pytest.mark.parametrize("codings", CODINGS)
async def test_nothing_is_decompressed(codings: tuple[str, ...], http2: bool) -> None:
    """A small body that would become a large one: refused as it stands, whichever line the coding is in."""
    async with federation(max_body=30_000, http2=http2) as session:
        await _decompresses_nothing(session, codings)


async def _decompresses_nothing(session: Session, codings: tuple[str, ...]) -> None:
    before = session.provider("a").fingerprint()
    reply = await session.provider("b").http.request(
        "POST",
        "https://ds.a.example/deliver_message",
        gzip.compress(bytes(10_000_000)),
        content_type=OCTETS,
        headers=tuple(("content-encoding", coding) for coding in codings),
    )
    assert (reply.status, _error(reply)) == (415, "malformed")
    assert reply.header("accept-encoding") == "identity"
    assert session.provider("a").fingerprint() == before


@pytest.mark.parametrize(("method", "status"), [("get", 405), ("GET", 200)])
async def test_a_method_is_what_its_letters_say(session: Session, method: str, status: int) -> None:
    assert (await _status(session, f"{method} /.well-known/mimi/ds-domain HTTP/1.1\r\nHost: a.example")) == status


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("GET HTTPS://A.EXAMPLE/.well-known/mimi/ds-domain HTTP/1.1\r\nHost: ds.b.example", 200),
        ("GET https://ds.a.example/.well-known/mimi/ds-domain HTTP/1.1\r\nHost: a.example", 421),
        ("GET /.well-known/mimi/ds-domain HTTP/1.1\r\nHost: a.example:", 200),
        ("GET /.well-known/mimi/ds-domain HTTP/1.1\r\nHost: A.Example:8443", 200),
        ("GET /.well-known/mimi/ds-domain HTTP/1.1\r\nHost: a.example:99999", 421),
        ("GET /.well-known/mimi/ds-domain HTTP/1.1\r\nHost: a.example:x", 421),
    ],
)
async def test_each_way_to_name_a_host(session: Session, head: str, status: int) -> None:
    assert await _status(session, head) == status


async def _status(session: Session, head: str) -> int:
    """The status for a bare HTTP/1.1 request to a.example without a body."""
    address = session.network.lookup("a.example")
    assert address is not None
    stream = await trio.open_ssl_over_tcp_stream(
        address.host, address.port, ssl_context=session.authority.careless_client_context(), https_compatible=True
    )
    async with stream:
        await stream.send_all(f"{head}\r\n\r\n".encode())
        return int((await stream.receive_some())[9:12])


async def test_the_coding_that_is_none_is_taken(session: Session, message: MLSMessage) -> None:
    reply = await session.provider("b").http.request(
        "GET", "https://a.example/.well-known/mimi/ds-domain", headers=(("content-encoding", "identity"),)
    )
    assert reply.status == 200


async def test_an_unreachable_sender_is_unverifiable(session: Session, message: MLSMessage) -> None:
    clients = ("mimi://a.example/d/alice/phone",)
    request = session.draft.write_delivery(
        delivery(QSRequestType.qs_deliver_message, b"mimi://z.example/g/1", clients, message),
        sender="z.example",
        recipient="a.example",
        sign=lambda *_: b"",
    )
    reply = await session.send_raw("b", "a", "deliver_message", request.body)
    assert (reply.http, reply.error) == (502, "sender_unverifiable")
    assert "no host has the name z.example" in reply.description


async def test_an_error_says_what_who_and_why(session: Session, message: MLSMessage) -> None:
    reply = await Attempt(recipient="c.example").make(session, message)
    error = decode(ErrorResponse, reply.body).error
    assert error.code is ErrorCode.wrong_recipient
    assert error.description == (
        "deliver_message rejected by a.example: this is for c.example, not for a.example "
        "(wrong_recipient, [T] Transport)"
    )


async def test_what_its_head_refuses_is_not_read_any_further() -> None:
    async with federation(max_body=10_000_000) as session:
        for path in ("/group_operation", "/connection_request", "/deliver_message", "/connection_key_packages"):
            for recipient, status, code in (("c.example", 403, "wrong_recipient"), ("a.example", 400, "malformed")):
                body = encode(Head(1, "b.example", recipient)) + b"\x00"  # for a DSRequest: ds_request_group_id
                reply = await session.provider("b").http.request(
                    "POST", f"https://ds.a.example{path}", body + b"\xff" * 1_000_000, content_type=OCTETS
                )
                assert (reply.status, _error(reply)) == (status, code)


async def test_more_values_than_are_taken_are_refused_whoever_signs_them() -> None:
    async with federation() as session:
        message = await _connection_welcome(session)
        reply = await Attempt(recipients=MOST_VALUES).make(session, message)
        assert (reply.status, _error(reply)) == (413, "malformed")
        error = decode(ErrorResponse, reply.body).error
        assert "more than 32768 values (structs and items of vectors) in one QueueingServiceRequest: " in (
            error.description
        )
        assert "signed.recipients[" in error.description
        reply = await Attempt(recipients=MOST_VALUES, recipient="c.example").make(session, message)
        assert (reply.status, _error(reply)) == (403, "wrong_recipient")


async def test_what_a_peer_says_is_quoted_in_bounds(session: Session, message: MLSMessage) -> None:
    reply = await Attempt(group_id=b"x" * 20_000).make(session, message)
    description = decode(ErrorResponse, reply.body).error.description
    assert len(description) <= 1000 + len(" ...")
    refused = [event for event in session.recorder.events if getattr(event, "kind", "") == "Refused"]
    assert refused
    assert max(len(str(event)) for event in refused) < 3_000


async def test_with_mutual_tls_the_certificate_must_cover_the_sender() -> None:
    async with federation(mutual_tls=True) as session:
        await connected(session, ("alice", "bob"))
        captured = [e for e in session.recorder.exchanges if e.endpoint == "connection_request"][-1]
        reply = await session.send_raw("c", "b", "connection_request", captured.request)
        assert (reply.http, reply.error) == (403, "not_authorized")
        assert "does not cover the sender a.example" in reply.description


def _anonymous(session: Session, identity: Credential | None) -> HTTPClient:
    """A client from outside the federation that shows this certificate, if any."""
    return HTTPClient("x.example", session.network, session.authority.client_context(identity), Recorder())


DISCOVERY = "https://a.example/.well-known/mimi/ds-domain"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("none", "certificate required"),
        ("foreign", "unknown ca|the connection broke|connection"),
        ("expired", "certificate expired|the connection broke|connection"),
    ],
)
async def test_with_mutual_tls_nobody_speaks_without_a_certificate_of_ours(kind: str, reason: str) -> None:
    async with federation(mutual_tls=True) as session:
        authority = session.authority
        identity = {
            "none": None,
            "foreign": authority.foreign("b.example", "ds.b.example"),
            "expired": authority.expired("b.example", "ds.b.example"),
        }[kind]
        async with _anonymous(session, identity) as client:
            with pytest.raises(TransportError, match=reason):
                await client.request("GET", DISCOVERY)
        async with _anonymous(session, authority.identity("b.example")) as client:
            assert (await client.request("GET", DISCOVERY)).status == 200


@pytest.mark.parametrize(
    ("names", "status"),
    [
        (("a.example", "ds.a.example"), 401),
        (("ds.a.example",), 403),
        (("evil.a.example",), 403),
        (("example",), 403),
        (("*.example",), 403),
        (("c.example", "a.example"), 401),
    ],
)
async def test_with_mutual_tls_the_certificate_names_the_sender_and_nothing_like_it(
    names: tuple[str, ...], status: int
) -> None:
    """401 is the next check: the signature in the sender's name, which is rubbish here."""
    async with federation(mutual_tls=True) as session:
        before = session.provider("b").fingerprint()
        async with _anonymous(session, session.authority.identity(*names)) as client:
            url = "https://ds.b.example/connection_key_packages"
            reply = await client.request("POST", url, _unsigned(session), content_type=OCTETS)
        assert reply.status == status
        if status == 403:
            assert session.provider("b").fingerprint() == before


@pytest.mark.parametrize(
    ("general_names", "status"),
    [
        ((tlv(0xA3, b"\x30\x00"), dns(b"a.example")), 401),
        ((dns(b"a.example"), tlv(0xA5, tlv(0xA1, tlv(0x0C, b"p")))), 401),
        ((tlv(0x81, b"m\xe9"), dns(b"a.example")), 401),
        ((dns(b"\xe9.example"), dns(b"A.Example")), 401),
        ((tlv(0x87, b"12345"), dns(b"a.example")), 401),
        ((tlv(0x87, b"12345"), dns(b"\xe9.example")), 403),
        ((dns(b"a.example\0"),), 403),
    ],
)
async def test_with_mutual_tls_names_that_can_be_read_count_whatever_stands_beside_them(
    general_names: tuple[bytes, ...], status: int
) -> None:
    """OpenSSL has verified the certificate; nothing else has to be able to parse all of it."""
    async with federation(mutual_tls=True) as session:
        odd = ("1.3.6.1.5.5.7.1.1", b"no DER")
        pem = issued_pem(session.authority._ca, "x", names(*general_names), odd)
        url = "https://ds.b.example/connection_key_packages"
        async with _anonymous(session, GivenCredential(pem)) as client:
            reply = await client.request("POST", url, _unsigned(session), content_type=OCTETS)
        assert (reply.status, session.provider("b").faults) == (status, [])


@pytest.mark.parametrize(("mutual_tls", "left"), [(True, 401), (False, 429)])
async def test_with_mutual_tls_nobody_draws_from_anothers_bucket(mutual_tls: bool, left: int) -> None:
    """Without it anybody can empty the bucket of a.example by naming it: the price of checking no signature first."""
    limits = {"provider": Limit(burst=2, per_second=0.001)}
    async with federation(mutual_tls=mutual_tls, rate_limits=limits) as session:
        for _ in range(5):
            await session.send_raw("c", "b", "connection_key_packages", _unsigned(session))
        reply = await session.send_raw("a", "b", "connection_key_packages", _unsigned(session))
        assert reply.http == left


@pytest.mark.parametrize(
    "content_type",
    [f"{OCTETS}; charset=x", f"{OCTETS}, text/plain", f"x-{OCTETS}", "application/*", f"text/plain; of={OCTETS}", None],
)
async def test_the_content_type_is_that_one_and_nothing_like_it(
    session: Session, message: MLSMessage, content_type: str | None
) -> None:
    reply = await Attempt(content_type=content_type).make(session, message)
    assert (reply.status, _error(reply)) == (415, "malformed")


async def test_the_content_type_is_compared_without_regard_to_case(session: Session, message: MLSMessage) -> None:
    assert (await Attempt(content_type="Application/Octet-Stream").make(session, message)).status == 200


async def test_what_is_for_somebody_else_is_said_before_that_it_is_too_much() -> None:
    """And draws no token: the recipient is checked before the buckets."""
    async with federation(rate_limits={"provider": Limit(burst=1, per_second=0.1)}) as session:
        url = "https://ds.b.example/connection_key_packages"
        http = session.provider("a").http
        elsewhere = replace(_COMMAND, target="mimi://c.example/u/carol")
        there = session.draft.write_fetch(elsewhere, Requester("a.example", lambda *_: b"")).body
        bodies = [there, _unsigned(session), there, _unsigned(session)]
        replies = [await http.request("POST", url, body, content_type=OCTETS) for body in bodies]
        assert [(reply.status, _error(reply)) for reply in replies] == [
            (403, "wrong_recipient"),
            (401, "invalid_signature"),
            (403, "wrong_recipient"),
            (429, "rate_limited"),
        ]
