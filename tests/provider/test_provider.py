"""A provider as a whole: it serves both HTTP versions, shows the certificate it is told to, and forgets nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.clients.operations import AddUsers, CreateGroup, Send
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.federation import Certificate, Session, open_session
from simulator.mls.crypto.randomness import SeededRand
from simulator.net.errors import TLSRefused, Unreachable
from simulator.provider import Environment, ManualClock, Provider, Settings, WorkTracker
from simulator.trace import ProtocolEvent
from tests.federated import NOW, connected, federation, topology


@pytest.mark.parametrize("http2", [False, True])
async def test_both_http_versions_serve(http2: bool) -> None:
    async with federation(http2=http2) as session:
        await connected(session, ("alice", "bob"))
        assert {e.http_version for e in session.recorder.exchanges} == {"2" if http2 else "1.1"}
        assert {e.tls_version for e in session.recorder.exchanges} == {"TLSv1.3"}


@pytest.mark.parametrize(
    ("certificate", "reason"),
    [
        (Certificate.expired, "certificate has expired"),
        (Certificate.wrong_name, "not valid for 'b.example'"),
        (Certificate.foreign_ca, "unable to get local issuer certificate|self.signed certificate"),
    ],
)
async def test_a_bad_certificate_is_refused_in_the_handshake(
    session: Session, certificate: Certificate, reason: str
) -> None:
    await session.present("b", certificate)
    with pytest.raises(TLSRefused, match=reason):
        await session.client("alice").request_connection(session.user("bob").uri)
    await session.present("b", Certificate.good)
    await session.client("alice").request_connection(session.user("bob").uri)


async def test_a_store_in_a_file_outlives_the_provider(tmp_path: Path) -> None:
    here = topology()
    providers = tuple(replace(spec, database=str(tmp_path / f"{spec.name}.db")) for spec in here.providers)
    here = replace(here, providers=providers, last_resort=False)
    async with open_session(here, seed=1, now=NOW) as session:
        session.client("bob").online = False
        await session.client("alice").request_connection(session.user("bob").uri)
        await session.settle()
    async with open_session(replace(here, key_packages=0), seed=2, now=NOW) as session:
        bob = session.user("bob")
        assert session.provider("b").queued(bob.clients[0].uri) == 1
        assert session.provider("b").remaining_key_packages(bob.clients[0].uri, CONNECTION) == 2


@pytest.mark.parametrize("in_file", [False, True])
@pytest.mark.parametrize("end", ["stop", "crash"])
async def test_a_provider_comes_back_at_its_port_with_its_store(tmp_path: Path, in_file: bool, end: str) -> None:
    here = topology(key_packages=1)
    if in_file:
        providers = tuple(replace(spec, database=str(tmp_path / f"{spec.name}.db")) for spec in here.providers)
        here = replace(here, providers=providers)
    async with open_session(here, seed=1, now=NOW) as session:
        await connected(session, ("alice", "bob"))
        provider = session.provider("b")
        address, before = session.network.lookup("ds.b.example"), provider.fingerprint()
        await getattr(session, end)("b")
        await getattr(session, end)("b")
        assert not provider.is_up
        with pytest.raises(Unreachable, match=r"a user of b\.example can't reach b\.example: it is down"):
            await session.client("bob").request_connection(session.user("carol").uri)
        with pytest.raises(Unreachable, match="nobody listens there"):
            await session.provider("c").peers.hosts("b.example")
        await session.settle()
        await session.start("b")
        await session.start("b")
        assert provider.is_up
        assert session.network.lookup("ds.b.example") == address
        assert provider.fingerprint() == before
        await connected(session, ("bob", "carol"))
        assert session.faults == ()


async def test_every_stop_is_told_whatever_else_was_under_way(session: Session) -> None:
    provider, asking = session.provider("b.example"), session.provider("a.example")
    for number in range(10):
        if number % 2:
            await asking.http.request("GET", f"https://{provider.name}/.well-known/mimi/ds-domain")
        await session.stop("b.example")
        await session.start("b.example")
    told = [e.kind for e in session.recorder.events if isinstance(e, ProtocolEvent) and e.actor == "b.example"]
    lived = [kind for kind in told if kind in ("Started", "Stopped", "Crashed")]
    assert lived == ["Started", *10 * ["Stopped", "Started"]]


async def test_a_certificate_can_be_changed_while_the_provider_is_down(session: Session) -> None:
    await session.crash("b")
    await session.present("b", Certificate.expired)
    await session.start("b")
    with pytest.raises(TLSRefused, match="certificate has expired"):
        await session.provider("a").peers.hosts("b.example")


async def test_what_a_provider_still_has_to_deliver_outlives_a_crash(session: Session) -> None:
    await connected(session, ("alice", "bob"))
    group = await session.client("alice").perform(CreateGroup())
    await session.client("alice").perform(AddUsers(group, (session.user("bob").uri,)))
    await session.settle()
    await session.stop("b")
    await session.client("alice").perform(Send(group, b"0"))
    await session.client("alice").perform(Send(group, b"1"))
    await session.settle()
    await session.crash("a")
    session.advance(60)  # the alarm for the next try rings, and nobody is there to hear it
    await session.start("b")
    await session.start("a")
    await session.settle()
    assert [received.data for received in session.client("bob").inbox] == [b"0", b"1"]


async def test_a_provider_that_is_not_run_can_not_be_started(session: Session) -> None:
    environment = Environment(
        session.draft, session.network, session.authority, session.recorder, ManualClock(NOW), WorkTracker()
    )
    idle = Provider(Settings("z.example", "ds.z.example"), environment, SeededRand(1, "z.example"))
    with pytest.raises(RuntimeError, match=r"z\.example is not running"):
        await idle.start()
    await idle.crash()
    idle.close()


async def test_stock_queue_and_fingerprint_can_be_seen(session: Session) -> None:
    bob, provider = session.client("bob"), session.provider("b")
    before = provider.fingerprint()
    bob.online = False
    await session.client("alice").request_connection(session.user("bob").uri)
    await session.settle()
    assert provider.queued(bob.uri) == 1
    assert provider.remaining_key_packages(bob.uri, CONNECTION) == 2
    assert provider.remaining_key_packages(bob.uri, REGULAR) == 3
    assert provider.fingerprint() != before
