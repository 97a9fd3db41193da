"""Certificates carry names as they are written, and OpenSSL takes them on both sides."""

from datetime import UTC, datetime

import pytest
import trustme
from cryptography import x509

from simulator.net import TLSRefused, dns_names
from simulator.net.tls.leaf_certificate import issue
from tests.net.loopback import Echo, Loopback

NAMES = [
    "xn--bcher-kva.example",
    "xn--ls8h.example",
    "xn--a.example",
    "xn--0.xn--p1ai",
    "a--b.example",
    "m." + "x" * 63,
]


@pytest.mark.parametrize("name", NAMES)
async def test_a_name_is_compared_as_it_is_written(loopback: Loopback, echo: Echo, name: str) -> None:
    server = await loopback.serve(echo, name=name, mutual_tls=True)
    client = await loopback.client(identity=loopback.authority.identity(name))
    assert (await client.request("GET", f"https://ds.{name}/x")).status == 200
    peer = echo.requests[0].peer
    assert peer.certificate is not None
    assert dns_names(peer.certificate) == (name,)
    assert echo.requests[0].host == f"ds.{name}"
    loopback.network.bind(f"x{name}", server.addresses[0])
    with pytest.raises(TLSRefused, match=f"not valid for 'x{name}'"):
        await client.request("GET", f"https://x{name}/x")


def test_what_it_is_good_for_and_how_long() -> None:
    ca = trustme.CA()
    expired = issue(ca, ("a.example",), datetime(2001, 1, 1, tzinfo=UTC)).certificate
    assert expired.not_valid_after_utc == datetime(2001, 1, 1, tzinfo=UTC)
    leaf = issue(ca, ("a.example", "b.example"))
    assert leaf.certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    leaf.certificate.verify_directly_issued_by(x509.load_pem_x509_certificate(ca.cert_pem.bytes()))
    assert leaf.pem.count(b"-----BEGIN ") == 2
