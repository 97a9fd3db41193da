"""Every check of protocol.md section 2, over HTTPS: a request that breaks several rules hears of the first."""

from dataclasses import dataclass, replace

import pytest

from simulator.codec import decode, encode
from simulator.drafts.mimi_transport_00.messages.common import ErrorCode, ErrorResponse
from simulator.drafts.mimi_transport_00.messages.queueing import QueueingServiceRequest
from simulator.federation import Session
from simulator.net import HTTPReply
from simulator.services.commands import Deliver, Kind
from simulator.services.directory import sign_as_provider
from simulator.services.rate_limit import Limit
from tests.federated import connected, federation

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
    version: int = 1
    recipient: str = "a.example"
    signer: str = "b.example"
    group_id: bytes = b"mimi://b.example/g/1"

    async def make(self, session: Session, message: bytes) -> HTTPReply:
        sender = session.provider("b.example")
        delivery = Deliver(Kind.message, self.group_id, ("mimi://a.example/d/alice/phone",), message)
        outgoing = session.draft.write(
            delivery,
            sender="b.example",
            recipient=self.recipient,
            sign=session.provider(self.signer).desk.do(sign_as_provider),
        )
        request = decode(QueueingServiceRequest, outgoing.body)
        body = encode(replace(request, signed=replace(request.signed, version=self.version)))
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
    ({"recipient": "c.example"}, 403, "wrong_recipient"),
    ({"version": 2}, 400, "unsupported_version"),
    ({"trailing": b"\x00"}, 400, "malformed"),
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
    """Any MLS message: the Welcome with which somebody wanted to connect to alice."""
    alice = session.user("alice").clients[0]
    alice.online = False
    await session.client("bob").request_connection(alice.user)
    await session.settle()
    (letter,) = session.provider("a").counter.fetch(alice.uri)
    return letter.message


@pytest.mark.parametrize(("changes", "status", "code"), BROKEN, ids=[f"{row[1]}-{row[2]}" for row in BROKEN])
async def test_the_first_rule_that_breaks_is_the_one_named(
    session: Session, message: bytes, changes: dict[str, object], status: int, code: str
) -> None:
    before = session.provider("a").queued("mimi://a.example/d/alice/phone")
    reply = await Attempt(**changes).make(session, message)  # type: ignore[arg-type]
    assert (reply.status, _error(reply)) == (status, code)
    assert session.provider("a").queued("mimi://a.example/d/alice/phone") == before


async def test_nothing_broken_is_accepted(session: Session, message: bytes) -> None:
    reply = await Attempt().make(session, message)
    assert reply.status == 200


async def test_a_refusal_changes_nothing(session: Session, message: bytes) -> None:
    provider = session.provider("a")
    await Attempt().make(session, message)  # discovery and the key of b.example are known from here on
    before = provider.fingerprint()
    for changes, _, _ in BROKEN:
        await Attempt(**changes).make(session, message)  # type: ignore[arg-type]
    assert provider.fingerprint() == before


async def test_405_names_the_method(session: Session, message: bytes) -> None:
    reply = await Attempt(method="GET").make(session, message)
    assert reply.header("allow") == "POST"


async def test_the_port_in_the_authority_does_not_matter(session: Session, message: bytes) -> None:
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


def _unsigned(session: Session) -> bytes:
    from simulator.services.commands import FetchConnectionKeyPackages

    command = FetchConnectionKeyPackages("mimi://a.example/u/alice", "mimi://b.example/u/bob")
    return session.draft.write(command, sender="a.example", recipient="b.example", sign=lambda *_: b"").body


async def test_an_unreachable_sender_is_unverifiable(session: Session, message: bytes) -> None:
    request = session.draft.write(
        Deliver(Kind.message, b"mimi://z.example/g/1", ("mimi://a.example/d/alice/phone",), message),
        sender="z.example",
        recipient="a.example",
        sign=lambda *_: b"",
    )
    reply = await session.send_raw("b", "a", "deliver_message", request.body)
    assert (reply.http, reply.error) == (502, "sender_unverifiable")
    assert "no host has the name z.example" in reply.description


async def test_an_error_says_what_who_and_why(session: Session, message: bytes) -> None:
    reply = await Attempt(recipient="c.example").make(session, message)
    error = decode(ErrorResponse, reply.body).error
    assert error.code is ErrorCode.wrong_recipient
    assert error.description == (
        "deliver_message in mimi://b.example/g/1 rejected by a.example: this is for c.example, not for a.example "
        "(wrong_recipient, [T] Transport)"
    )


async def test_with_mutual_tls_the_certificate_must_cover_the_sender() -> None:
    async with federation(mutual_tls=True) as session:
        await connected(session, ("alice", "bob"))
        captured = [e for e in session.recorder.exchanges if e.endpoint == "connection_request"][-1]
        reply = await session.send_raw("c", "b", "connection_request", captured.request)
        assert (reply.http, reply.error) == (403, "not_authorized")
        assert "does not cover the sender a.example" in reply.description
