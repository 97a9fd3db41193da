"""Several providers at one DS host: each request reaches the one that is meant, and none of them harms another."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from simulator.drafts.requests.endpoint import BadAnswer
from simulator.federation import Certificate, ProviderSpec, Session, Topology, open_session
from simulator.net import TLSRefused, dns_names
from simulator.provider import Failpoint
from simulator.services.limits.rate_limit import Limit
from simulator.services.refusal import Code, Refusal
from simulator.trace import TLSFailure
from tests.federated import NOW, ask_key, connected

SHARED = "ds.shared.example"


@asynccontextmanager
async def sharing(*, rate_limits: dict[str, Limit] | None = None, **changes: Any) -> AsyncIterator[Session]:
    """a.example and b.example share a DS host, c.example has its own."""
    providers = (
        ProviderSpec("a.example", {"alice": ("phone",)}, service_host=SHARED),
        ProviderSpec(
            "b.example", {"bob": ("phone",)}, service_host=SHARED, rate_limits=rate_limits or {}, max_body=50_000
        ),
        ProviderSpec("c.example", {"carol": ("phone",)}),
    )
    async with open_session(Topology(providers, key_packages=3, **changes), seed=1, now=NOW) as session:
        yield session
        assert session.faults == ()


async def ask_for_key(session: Session, sender: str, recipient: str, *, said: str | None = None) -> str | None:
    """Ask `recipient`'s host for the verification key of `said`; the refusal's code."""
    question = ask_key(session.draft, sender, said or recipient)
    reply = await session.send_raw(sender, recipient, question.endpoint.name, question.body)
    return f"{reply.http} {reply.error}" if reply.error else None


@pytest.mark.parametrize("mutual_tls", [False, True])
async def test_tenants_and_others_talk_with_each_other(mutual_tls: bool) -> None:
    async with sharing(mutual_tls=mutual_tls) as session:
        await connected(session, ("alice", "bob"), ("carol", "bob"), ("alice", "carol"))
        bob = session.client("bob")
        assert len(bob.groups) == 2
        at_the_host = [e for e in session.recorder.exchanges if e.recipient == SHARED]
        assert {e.sender for e in at_the_host} == {"a.example", "b.example", "c.example"}
        assert {e.status for e in at_the_host} == {200}


async def test_a_recipient_that_lives_elsewhere_is_refused() -> None:
    async with sharing() as session:
        assert await ask_for_key(session, "c.example", "b.example") is None
        assert await ask_for_key(session, "c.example", "b.example", said="a.example") is None
        assert await ask_for_key(session, "a.example", "b.example", said="c.example") == "403 wrong_recipient"


async def test_discovery_stays_with_each_provider() -> None:
    async with sharing() as session:
        http, path = session.provider("c").http, session.draft.discovery.endpoint.path
        for name in ("a.example", "b.example"):
            assert (await http.request("GET", f"https://{name}{path}")).body.strip() == SHARED.encode()
        misdirected = await http.request("GET", f"https://{SHARED}{path}")
        assert misdirected.status == 421


async def test_http_is_refused_in_the_hosts_name() -> None:
    async with sharing() as session:
        http = session.provider("c").http
        assert (await http.request("GET", f"https://{SHARED}/nothing")).status == 404
        wrong = await http.request("POST", f"https://{SHARED}/deliver_message", b"?", content_type="text/plain")
        assert wrong.status == 415
        body = await session.send_raw("c", "b", "deliver_message", b"?")
        assert (body.http, body.error) == (400, "malformed")
        assert SHARED in body.description


@pytest.mark.parametrize(("waived", "status"), [({"a": True}, "421"), ({"a": True, "b": True}, "200")])
async def test_what_all_tenants_waive_the_host_waives_for_them(waived: dict[str, bool], status: str) -> None:
    async with sharing() as session:
        session.waive(("P-2-421",), [session.provider(name) for name in waived])
        question = ask_key(session.draft, "c.example", "b.example")
        (carol,) = (provider for provider in session.providers if provider.name == "c.example")
        url = f"https://{SHARED}{question.wire_request.path}"
        reply = await carol.http.request(
            "GET", url, question.body, content_type="application/octet-stream", headers=(("host", "other.example"),)
        )
        assert str(reply.status) == status


async def test_one_tenants_limits_are_not_the_others() -> None:
    async with sharing(rate_limits={"provider": Limit(1, 3600)}) as session:
        await connected(session, ("carol", "alice"))
        codes = []
        for _ in range(3):
            try:
                await session.client("carol").request_connection(session.user("bob").uri)
                codes.append("ok")
            except Refusal as refusal:
                codes.append(str(refusal.code))
        assert "rate_limited" in codes
        await session.client("carol").request_connection(session.user("alice").uri)
        request = next(e for e in session.recorder.exchanges if e.endpoint == "connection_request")
        large = request.request + bytes(60_000)
        assert (await session.send_raw("c", "a", "connection_request", large)).http == 400


async def test_a_tenant_that_is_down_takes_nobody_with_it() -> None:
    async with sharing() as session:
        await session.provider("c").peers.hosts("a.example")
        await session.provider("c").peers.hosts("b.example")
        for end, who, other in ((session.stop, "a", "b"), (session.crash, "b", "a")):
            await end(who)
            assert await ask_for_key(session, "c.example", f"{who}.example") == "503 internal"
            assert await ask_for_key(session, "c.example", f"{other}.example") is None
            await session.start(who)
            assert await ask_for_key(session, "c.example", f"{who}.example") is None


async def test_a_tenant_that_crashes_over_a_request() -> None:
    async with sharing() as session:
        bob, carol = session.client("bob"), session.client("carol")
        bob.online = False
        tenant = session.provider("b")
        await session.provider("c").peers.hosts("b.example")
        tenant.failpoints.crashes = lambda point, _: point is Failpoint.COMMITTED
        with pytest.raises((Refusal, BadAnswer)) as failed:
            await carol.request_connection(bob.user)
        assert isinstance(failed.value, Refusal)
        assert (failed.value.code, tenant.is_up) == (Code.internal, False)
        assert "b.example is down" in str(failed.value)
        tenant.failpoints.crashes = lambda point, _: False
        await session.start("b")
        await carol.request_connection(bob.user)
        await session.settle()
        assert tenant.queued(bob.uri) == 1


async def test_the_host_shows_its_first_tenants_certificate() -> None:
    async with sharing() as session:
        outcome: Any = await session.probe_tls("b")
        assert dns_names(outcome.certificate) == ("a.example", SHARED)
        await session.present("b", Certificate.expired)
        with pytest.raises(TLSRefused, match="expired"):
            await session.provider("c").peers.hosts("b.example")
        assert (await session.probe_tls("b")).__class__.__name__ == "TLSAccepted"
        await session.present("a", Certificate.expired)
        assert "expired" in getattr(await session.probe_tls("b"), "reason", "")


async def test_handshakes_that_fail_are_recorded() -> None:
    async with sharing() as session:
        for recipient, server in (("b", SHARED), ("c", "c.example")):
            outcome = await session.probe_tls(recipient, maximum_version="1.2")
            await session.settle()
            assert "protocol version" in getattr(outcome, "reason", "")
            failure = session.recorder.events[-1]
            assert isinstance(failure, TLSFailure)
            assert (failure.server, failure.reason) == (server, "unsupported protocol")


async def test_only_a_co_tenant_may_name_our_host() -> None:
    async with sharing() as session:
        check, context = session.draft.discovery.check, session.provider("a").executor.context()
        check("b.example", SHARED.encode(), context)
        for provider, host in (("c.example", SHARED), ("b.example", "a.example")):
            with pytest.raises(BadAnswer, match="which is us"):
                check(provider, host.encode(), context)
