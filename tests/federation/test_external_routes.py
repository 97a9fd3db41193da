"""External providers are really spoken with: another federation, with an authority of its own, stands in for them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import trio

from simulator.federation import BadTopology, External, ProviderSpec, Session, Topology, Unsupported, open_session
from simulator.net import Authority, TimedOut, TLSRefused, TransportError, Unreachable, reserved_port
from simulator.net.faults import Crash, Delay, Partition, RequestMatch, Restart, Stop
from simulator.provider import PortTaken
from tests.federated import NOW

D = ProviderSpec("d.example", {"dave": ("phone",)})
HOUR = 3600


@asynccontextmanager
async def abroad(tmp_path: Path, spec: ProviderSpec = D, **changes: Any) -> AsyncIterator[External]:
    """Somebody else's d.example, and where it is."""
    async with open_session(Topology((spec,), key_packages=2, **changes), seed=9, now=NOW) as session:
        address = session.network.lookup("d.example")
        assert address is not None
        ca = tmp_path / "theirs.pem"
        ca.write_bytes(session.authority.certificate_pem)
        yield External(address.host, address.port, ca)
        assert session.faults == ()


@asynccontextmanager
async def home(external: External, **changes: Any) -> AsyncIterator[Session]:
    """Our a.example, in a federation with d.example."""
    ours = ProviderSpec("a.example", {"alice": ("phone",)})
    topology = Topology((ours, replace(D, external=external)), key_packages=2, **changes)
    async with open_session(topology, seed=1, now=NOW) as session:
        yield session
        assert session.faults == ()


@pytest.mark.parametrize("http2", [False, True])
async def test_an_external_provider_answers(tmp_path: Path, http2: bool) -> None:
    async with abroad(tmp_path) as there, home(there, http2=http2) as session:
        key = await session.provider("a").keys.of("d.example")
        assert (key.provider, len(key.public_key)) == ("d.example", 32)
        found = await session.send_raw("a", "d", "deliver_message", b"?")
        assert (found.http, found.error) == (400, "malformed")
        assert (await session.probe_tls("d", maximum_version="1.2")).__class__.__name__ == "TLSRefusal"
        await session.settle()


async def test_its_ds_host_may_have_any_name(tmp_path: Path) -> None:
    async with abroad(tmp_path, replace(D, service_host="mimi.elsewhere.example")) as there, home(there) as session:
        assert await session.provider("a").peers.hosts("d.example") == ("mimi.elsewhere.example",)
        await session.provider("a").keys.of("d.example")


async def test_without_its_authority_it_is_not_believed(tmp_path: Path) -> None:
    async with abroad(tmp_path) as there:
        (tmp_path / "other.pem").write_bytes(Authority().certificate_pem)
        async with home(replace(there, ca=tmp_path / "other.pem")) as session:
            with pytest.raises(TLSRefused, match=r"https://d\.example"):
                await session.provider("a").peers.hosts("d.example")


async def test_mutual_tls_with_a_certificate_that_it_gave_us(tmp_path: Path) -> None:
    authority = tmp_path / "authority"
    async with abroad(tmp_path, mutual_tls=True, authority=authority) as there:
        async with home(there, mutual_tls=True) as session:
            with pytest.raises(TransportError):
                await session.provider("a").peers.hosts("d.example")
        from simulator.net import kept_authority

        given = tmp_path / "given.pem"
        given.write_bytes(kept_authority(authority).identity("a.example").pem)
        async with home(replace(there, client_certificate=given)) as session:
            assert (await session.provider("a").keys.of("d.example")).provider == "d.example"


async def test_one_authority_for_both_is_mutual_tls_enough(tmp_path: Path) -> None:
    authority = tmp_path / "authority"
    async with (
        abroad(tmp_path, mutual_tls=True, authority=authority) as there,
        home(there, mutual_tls=True, authority=authority) as session,
    ):
        await session.provider("a").keys.of("d.example")


async def test_the_way_to_it_can_be_broken(tmp_path: Path) -> None:
    async with abroad(tmp_path) as there, home(there) as session:
        peers = session.provider("a").peers
        with session.inject(Partition(side=("d.example",))), pytest.raises(Unreachable, match="partitioned"):
            await peers.hosts("d.example")
        with session.inject(Delay(where=RequestMatch(recipient="d.example"), seconds=1)) as late, trio.fail_after(10):
            async with trio.open_nursery() as nursery:
                nursery.start_soon(peers.hosts, "d.example")
                await late.caught()
                await session.settle()
                session.advance(1)
        assert late.hits == 1


@pytest.mark.parametrize("kind", [Stop, Restart, Crash])
@pytest.mark.parametrize(
    "where", [RequestMatch(recipient="d.example"), RequestMatch(recipient="ds.d.example"), RequestMatch()]
)
async def test_its_machine_is_not_ours_to_break(
    with_external: Session, kind: type[Stop | Restart | Crash], where: RequestMatch
) -> None:
    with pytest.raises(Unsupported, match=r"d\.example is an external provider"):
        with_external.inject(kind(where=where))
    assert len(with_external.network.faults) == 0


async def test_one_that_is_down_is_named(with_external: Session) -> None:
    with trio.fail_after(10), pytest.raises(Unreachable, match=r"https://d\.example.*nobody listens there"):
        await with_external.client("alice").request_connection(with_external.user("dave").uri)


async def test_one_that_hangs_is_named(tmp_path: Path, autojump_clock: trio.testing.MockClock) -> None:
    (tmp_path / "ca.pem").write_bytes(Authority().certificate_pem)
    with reserved_port() as silent:
        silent.listen()
        async with home(External("127.0.0.1", silent.getsockname()[1], tmp_path / "ca.pem")) as session:
            with pytest.raises(TimedOut, match=r"https://d\.example.*no complete answer within 30 s"):
                await session.provider("a").peers.hosts("d.example")


@pytest.mark.parametrize("field", ["ca", "client_certificate"])
@pytest.mark.parametrize(("content", "why"), [(None, "No such file"), ("rubbish", "it is no PEM with ")])
async def test_files_that_are_not_what_they_should_be(
    tmp_path: Path, field: str, content: str | None, why: str
) -> None:
    (tmp_path / "ca.pem").write_bytes(Authority().certificate_pem)
    if content is not None:
        (tmp_path / "bad.pem").write_text(content)
    external = replace(External("127.0.0.1", 9, tmp_path / "ca.pem"), **{field: tmp_path / "bad.pem"})
    with pytest.raises(BadTopology, match=rf"{field} of d\.example, .*bad\.pem: {why}"):
        async with home(external):
            pass


async def test_a_provider_serves_at_its_port_also_after_a_new_start(tmp_path: Path) -> None:
    from simulator.federation import Certificate

    with reserved_port() as free:
        port = free.getsockname()[1]
    async with abroad(tmp_path, replace(D, port=port)) as there:
        assert there.port == port
    async with open_session(Topology((replace(D, port=port),), key_packages=1), seed=1, now=NOW) as session:
        await session.crash("d")
        await session.start("d")
        await session.present("d", Certificate.expired)
        address = session.network.lookup("ds.d.example")
        assert address is not None
        assert address.port == port
        assert "expired" in getattr(await session.probe_tls("d"), "reason", "")


async def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with reserved_port() as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"d\.example can't serve at port {port}: Address already in use"):
            async with open_session(Topology((replace(D, port=port),)), seed=1, now=NOW):
                pass
