"""What a provider refuses before it costs anything: rates, and the head of a request, over HTTPS."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from simulator.drafts.draft import Draft
from simulator.drafts.requests.endpoint import Answer, Endpoint, Incoming
from simulator.drafts.requests.requester import Requester
from simulator.drafts.requests.wire_request import WireRequest
from simulator.federation import Session
from simulator.mls.crypto import CipherSuite
from simulator.net import HTTPRequest, PeerFacts
from simulator.net.faults import ClockSkew
from simulator.provider import WorkTracker
from simulator.provider.incoming.dispatch import Dispatch
from simulator.provider.incoming.request_handler import RequestHandler
from simulator.services.limits.rate_limit import Limit
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Signature
from tests.federated import connected, federation
from tests.provider.incoming.unsigned import COMMAND, OCTETS, error, unsigned


async def test_a_flood_is_refused_before_any_signature_is_checked() -> None:
    async with federation(rate_limits={"provider": Limit(burst=2, per_second=0.1)}) as session:
        await connected(session, ("alice", "bob"))  # uses up b.example's two tokens for a.example
        reply = await session.send_raw("a", "b", "connection_key_packages", unsigned(session))
        assert (reply.http, reply.error) == (429, "rate_limited")
        session.advance(10)
        reply = await session.send_raw("a", "b", "connection_key_packages", unsigned(session))
        assert (reply.http, reply.error) == (401, "invalid_signature")


async def test_a_clock_that_was_ahead_for_a_moment_fills_and_empties_no_bucket() -> None:
    async with federation(rate_limits={"provider": Limit(burst=2, per_second=0.1)}) as session:
        with session.inject(ClockSkew(provider="b.example", seconds=24 * 3600)):
            await session.send_raw("a", "b", "connection_key_packages", unsigned(session))
            await session.send_raw("a", "b", "connection_key_packages", unsigned(session))
            reply = await session.send_raw("a", "b", "connection_key_packages", unsigned(session))
            assert reply.http == 429
        session.advance(10)
        reply = await session.send_raw("a", "b", "connection_key_packages", unsigned(session))
        assert reply.http != 429, "one request is allowed again after ten seconds, not after a day"
        assert (await session.send_raw("a", "b", "connection_key_packages", unsigned(session))).http == 429


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

    def verifies(self, suite: CipherSuite, public_key: bytes) -> bool:
        self.client_api.checked += 1
        return super().verifies(suite, public_key)


def _arriving(session: Session, body: bytes, sender: str) -> HTTPRequest:
    peer = PeerFacts("1.1", "TLSv1.3", "", session.provider(sender).identity.certificate, ("127.0.0.9", 1))
    headers = (("content-type", OCTETS),)
    return HTTPRequest("ds.b.example", "POST", "/connection_key_packages", "", headers, body, peer)


async def test_a_refused_request_costs_no_signature_check_and_no_key() -> None:
    async with federation(rate_limits={"provider": Limit(burst=3, per_second=0.1)}) as session:
        provider, counting = session.provider("b"), Counting(session.draft)
        handler = RequestHandler(replace(provider.parts, draft=counting.draft), mutual_tls=False)
        dispatch = Dispatch(counting.draft, handler, WorkTracker(), provider.faults.append)
        request = _arriving(session, unsigned(session), "a")
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
            reply = await session.send_raw("c", "b", "connection_key_packages", unsigned(session))
            assert (reply.http, reply.error) == (429, "rate_limited")
        assert {e.sender for e in session.recorder.exchanges[before:]} == {"c.example"}


async def test_one_providers_flood_does_not_use_up_anothers_grant() -> None:
    """Each provider is one peer address and one sender; what a.example floods is not missing to c.example."""
    limits = {"provider": Limit(burst=5, per_second=0.1), "address": Limit(burst=8, per_second=0.1)}
    async with federation(rate_limits=limits) as session:
        flood = [await session.send_raw("a", "b", "connection_key_packages", unsigned(session)) for _ in range(20)]
        assert [reply.http for reply in flood].count(429) >= 15
        group = await session.client("carol").request_connection(session.user("bob").uri)
        await session.settle()
        assert session.client("bob").connection_requests == (group,)


async def test_429_says_when_to_come_back() -> None:
    async with federation(rate_limits={"provider": Limit(burst=1, per_second=0.1)}) as session:
        http, url = session.provider("a").http, "https://ds.b.example/connection_key_packages"
        replies = [await http.request("POST", url, unsigned(session), content_type=OCTETS) for _ in range(2)]
        assert [(reply.status, reply.header("retry-after")) for reply in replies] == [(401, None), (429, "10")]


async def test_what_is_for_somebody_else_is_said_before_that_it_is_too_much() -> None:
    """And draws no token: the recipient is checked before the buckets."""
    async with federation(rate_limits={"provider": Limit(burst=1, per_second=0.1)}) as session:
        url = "https://ds.b.example/connection_key_packages"
        http = session.provider("a").http
        elsewhere = replace(COMMAND, target="mimi://c.example/u/carol")
        there = session.draft.write_fetch(elsewhere, Requester("a.example", lambda *_: b"")).body
        bodies = [there, unsigned(session), there, unsigned(session)]
        replies = [await http.request("POST", url, body, content_type=OCTETS) for body in bodies]
        assert [(reply.status, error(reply)) for reply in replies] == [
            (403, "wrong_recipient"),
            (401, "invalid_signature"),
            (403, "wrong_recipient"),
            (429, "rate_limited"),
        ]
