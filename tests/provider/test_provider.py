"""A provider as a whole: it serves both HTTP versions, shows the certificate it is told to, and forgets nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.federation import Certificate, Session, open_session
from simulator.net.errors import TLSRefused
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
        assert session.provider("b").remaining_key_packages(bob.clients[0].uri, connection=True) == 2


async def test_stock_queue_and_fingerprint_can_be_seen(session: Session) -> None:
    bob, provider = session.client("bob"), session.provider("b")
    before = provider.fingerprint()
    bob.online = False
    await session.client("alice").request_connection(session.user("bob").uri)
    await session.settle()
    assert provider.queued(bob.uri) == 1
    assert provider.remaining_key_packages(bob.uri, connection=True) == 2
    assert provider.remaining_key_packages(bob.uri) == 3
    assert provider.fingerprint() != before
