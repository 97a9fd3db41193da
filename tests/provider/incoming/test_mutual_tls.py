"""What mutual TLS adds: who may speak at all, and in whose name, over HTTPS."""

import pytest

from simulator.federation import Session
from simulator.net import Credential, GivenCredential, HTTPClient, TransportError
from simulator.services.limits.rate_limit import Limit
from simulator.trace import Recorder
from tests.federated import connected, federation
from tests.net.certificates import dns, issued_pem, names, tlv
from tests.provider.incoming.unsigned import OCTETS, unsigned


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
            reply = await client.request("POST", url, unsigned(session), content_type=OCTETS)
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
            reply = await client.request("POST", url, unsigned(session), content_type=OCTETS)
        assert (reply.status, session.provider("b").faults) == (status, [])


@pytest.mark.parametrize(("mutual_tls", "left"), [(True, 401), (False, 429)])
async def test_with_mutual_tls_nobody_draws_from_anothers_bucket(mutual_tls: bool, left: int) -> None:
    """Without it anybody can empty the bucket of a.example by naming it: the price of checking no signature first."""
    limits = {"provider": Limit(burst=2, per_second=0.001)}
    async with federation(mutual_tls=mutual_tls, rate_limits=limits) as session:
        for _ in range(5):
            await session.send_raw("c", "b", "connection_key_packages", unsigned(session))
        reply = await session.send_raw("a", "b", "connection_key_packages", unsigned(session))
        assert reply.http == left
