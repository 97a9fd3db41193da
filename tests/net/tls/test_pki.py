"""Good certificates are taken, each bad kind is refused for what is wrong with it; the server asks where it should."""

import os
from collections.abc import Callable

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from simulator.net import Authority, GivenCredential, Identity, TLSRefusal, TLSRefused, dns_names, probe_tls
from tests.net.certificates import dns, issued_pem, names, tlv
from tests.net.loopback import Echo, Loopback

URL = "https://ds.a.example/x"


def test_a_good_certificate_covers_the_provider_and_its_hosts() -> None:
    identity = Authority().identity("a.example", "ds.a.example", "ds.shared.example")
    assert dns_names(identity.certificate) == ("a.example", "ds.a.example", "ds.shared.example")


def test_a_name_may_be_as_long_as_a_name_can_be() -> None:
    name = ".".join(["a" * 62] * 4)
    assert dns_names(Authority().identity(name).certificate) == (name,)


def test_each_certificate_has_a_p256_key_of_its_own() -> None:
    authority = Authority()
    keys = [x509.load_der_x509_certificate(authority.identity("a.example").certificate).public_key() for _ in range(2)]
    assert all(isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name == "secp256r1" for key in keys)
    assert keys[0] != keys[1]


def test_a_certificate_without_names_covers_none() -> None:
    authority = x509.load_pem_x509_certificate(Authority().certificate_pem)
    assert dns_names(authority.public_bytes(Encoding.DER)) == ()


async def test_where_files_in_memory_are_missing_a_private_file_does(
    loopback: Loopback, echo: Echo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "memfd_create", raising=False)
    await loopback.serve(echo)
    assert (await (await loopback.client()).request("GET", URL)).status == 200


def test_clients_without_certificate_share_one_context_per_http_version() -> None:
    authority = Authority()
    assert authority.client_context() is authority.client_context()
    assert authority.client_context() is not authority.client_context(http2=True)
    identity = authority.identity("b.example")
    assert authority.client_context(identity) is not authority.client_context()


BAD: dict[str, tuple[Callable[[Authority], Identity], str]] = {
    "expired": (lambda authority: authority.expired("a.example", "ds.a.example"), "certificate has expired"),
    "foreign": (lambda authority: authority.foreign("a.example", "ds.a.example"), "unable to get local issuer"),
    "wrong name": (lambda authority: authority.wrong_name("ds.a.example"), "not valid for 'ds.a.example'"),
}


@pytest.mark.parametrize("http2", [False, True])
@pytest.mark.parametrize("kind", BAD)
async def test_a_bad_server_certificate_is_refused(loopback: Loopback, echo: Echo, kind: str, http2: bool) -> None:
    make, reason = BAD[kind]
    await loopback.serve(echo, identity=make(loopback.authority))
    client = await loopback.client(http2=http2)
    with pytest.raises(TLSRefused, match=f"certificate refused: .*{reason}"):
        await client.request("GET", URL)
    await loopback.reported.wait()
    assert echo.requests == []


@pytest.mark.parametrize("http2", [False, True])
async def test_mutual_tls_shows_the_server_the_clients_certificate(loopback: Loopback, echo: Echo, http2: bool) -> None:
    await loopback.serve(echo, mutual_tls=True)
    identity = loopback.authority.identity("b.example", "ds.b.example")
    client = await loopback.client(identity=identity, http2=http2)
    await client.request("GET", URL)
    peer = echo.requests[0].peer
    assert peer.certificate == identity.certificate
    assert dns_names(identity.certificate) == ("b.example", "ds.b.example")


@pytest.mark.parametrize("http2", [False, True])
async def test_mutual_tls_refuses_a_client_without_certificate(loopback: Loopback, echo: Echo, http2: bool) -> None:
    await loopback.serve(echo, mutual_tls=True)
    client = await loopback.client(http2=http2)
    with pytest.raises(TLSRefused, match="certificate required"):
        await client.request("GET", URL)
    await loopback.reported.wait()
    assert echo.requests == []


@pytest.mark.parametrize(("bad", "reason"), [("expired", "certificate expired"), ("foreign", "unknown ca")])
async def test_mutual_tls_refuses_a_bad_client_certificate(
    loopback: Loopback, echo: Echo, bad: str, reason: str
) -> None:
    await loopback.serve(echo, mutual_tls=True)
    client = await loopback.client(identity=getattr(loopback.authority, bad)("b.example"))
    with pytest.raises(TLSRefused, match=reason):
        await client.request("GET", URL)
    assert echo.requests == []


NO_NAMES: dict[str, tuple[tuple[str, bytes], ...]] = {
    "no subjectAltName": (),
    "another DNS name": (names(dns(b"c.example")),),
    "no DNS name": (names(tlv(0x81, b"ds.a.example@a.example")),),
}


@pytest.mark.parametrize("http2", [False, True])
@pytest.mark.parametrize("how", NO_NAMES)
async def test_a_common_name_is_no_name(loopback: Loopback, echo: Echo, how: str, http2: bool) -> None:
    """RFC 9525 2, RFC 9110 4.3.4: for the clients of providers, for those of attacks, and for bare handshakes."""
    pem = issued_pem(loopback.authority._ca, "ds.a.example", *NO_NAMES[how])
    await loopback.serve(echo, identity=GivenCredential(pem))
    for identity in (None, loopback.authority.identity("b.example")):
        with pytest.raises(TLSRefused, match=r"not valid for 'ds\.a\.example'"):
            await (await loopback.client(http2=http2, identity=identity)).request("GET", URL)
    outcome = await probe_tls(loopback.network, "ds.a.example", loopback.authority.client_context(http2=http2))
    assert isinstance(outcome, TLSRefusal)
    assert "not valid for 'ds.a.example'" in outcome.reason


def test_no_client_of_ours_looks_at_the_common_name() -> None:
    authority = Authority()
    authority.show("ds.z.example", authority.identity("b.example"))
    contexts = [
        authority.client_context(),
        authority.client_context(http2=True),
        authority.client_context(authority.identity("b.example")),
        authority.weak_client_context(),
        authority.careless_client_context(),
        authority._context_at(False, "ds.z.example"),
    ]
    assert [context is not None and context.hostname_checks_common_name for context in contexts] == [False] * 6


async def test_without_mutual_tls_no_certificate_is_asked_for(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    client = await loopback.client(identity=loopback.authority.identity("b.example"))
    await client.request("GET", URL)
    assert echo.requests[0].peer.certificate is None


def test_processes_of_one_federation_have_one_authority() -> None:
    authority = Authority()
    other = Authority.from_pem(authority.certificate_pem, authority.private_key_pem)
    assert other.certificate_pem == authority.certificate_pem
    leaf = x509.load_der_x509_certificate(other.identity("a.example").certificate)
    leaf.verify_directly_issued_by(x509.load_pem_x509_certificate(authority.certificate_pem))
