"""Every check of PROTOCOL.md section 2, over HTTPS: a request that breaks several rules hears of the first."""

import gzip
from dataclasses import dataclass, replace

import pytest
import trio

from simulator.codec import MOST_VALUES, UNBOUNDED, decode, encode
from simulator.drafts.mimi_transport_00.messages.common import ErrorCode, ErrorResponse, Head
from simulator.drafts.mimi_transport_00.messages.queueing import QSRequestType, QueueingServiceRequest
from simulator.drafts.mimi_transport_00.rules.deliveries import delivery, read_message
from simulator.federation import Session
from simulator.mls.framing.message import MLSMessage
from simulator.net import HTTPReply
from simulator.services.provider_keys import sign_as_provider
from tests.federated import federation
from tests.provider.incoming.unsigned import OCTETS, error


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
    assert (reply.status, error(reply)) == (status, code)
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
    assert (reply.status, error(reply)) == (415, "malformed")
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
    said = decode(ErrorResponse, reply.body).error
    assert said.code is ErrorCode.wrong_recipient
    assert said.description == (
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
                assert (reply.status, error(reply)) == (status, code)


async def test_more_values_than_are_taken_are_refused_whoever_signs_them() -> None:
    async with federation() as session:
        message = await _connection_welcome(session)
        reply = await Attempt(recipients=MOST_VALUES).make(session, message)
        assert (reply.status, error(reply)) == (413, "malformed")
        said = decode(ErrorResponse, reply.body).error
        assert "more than 32768 values (structs and items of vectors) in one QueueingServiceRequest: " in (
            said.description
        )
        assert "signed.recipients[" in said.description
        reply = await Attempt(recipients=MOST_VALUES, recipient="c.example").make(session, message)
        assert (reply.status, error(reply)) == (403, "wrong_recipient")


async def test_what_a_peer_says_is_quoted_in_bounds(session: Session, message: MLSMessage) -> None:
    reply = await Attempt(group_id=b"x" * 20_000).make(session, message)
    description = decode(ErrorResponse, reply.body).error.description
    assert len(description) <= 1000 + len(" ...")
    refused = [event for event in session.recorder.events if getattr(event, "kind", "") == "Refused"]
    assert refused
    assert max(len(str(event)) for event in refused) < 3_000


@pytest.mark.parametrize(
    "content_type",
    [f"{OCTETS}; charset=x", f"{OCTETS}, text/plain", f"x-{OCTETS}", "application/*", f"text/plain; of={OCTETS}", None],
)
async def test_the_content_type_is_that_one_and_nothing_like_it(
    session: Session, message: MLSMessage, content_type: str | None
) -> None:
    reply = await Attempt(content_type=content_type).make(session, message)
    assert (reply.status, error(reply)) == (415, "malformed")


async def test_the_content_type_is_compared_without_regard_to_case(session: Session, message: MLSMessage) -> None:
    assert (await Attempt(content_type="Application/Octet-Stream").make(session, message)).status == 200
