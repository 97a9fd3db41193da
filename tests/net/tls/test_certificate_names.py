"""Names that can be read count, whatever stands beside them; nothing that a certificate holds raises."""

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import Encoding

from simulator.net import dns_names
from tests.net.certificates import dns, issued, names, tlv

OWN = dns(b"own.example")
ODD = {
    "x400Address": tlv(0xA3, b"\x30\x00"),
    "ediPartyName": tlv(0xA5, tlv(0xA1, tlv(0x0C, b"party"))),
    "mail address that is not ASCII": tlv(0x81, b"\xff@x"),
    "URI that is not ASCII": tlv(0x86, b"mimi://\xff"),
    "IP address of three bytes": tlv(0x87, b"123"),
    "empty IP address": tlv(0x87, b""),
    "registered id": tlv(0x88, b"\x2a\x03"),
    "other name": tlv(0xA0, b"\x06\x01\x2a" + tlv(0xA0, tlv(0x0C, b"x"))),
    "directory name": tlv(0xA4, b"\x30\x00"),
    "DNS name in Latin-1": dns(b"\xe9.example"),
    "DNS name in UTF-8": dns("é.example".encode()),
    "kind that nobody knows": tlv(0x8F, b"x"),
}


@pytest.mark.parametrize("beside", ODD)
@pytest.mark.parametrize("first", [True, False])
def test_a_name_counts_whatever_stands_beside_it(beside: str, first: bool) -> None:
    pair = (ODD[beside], OWN) if first else (OWN, ODD[beside])
    certificate = issued(trustme.CA(), "x", names(*pair)).public_bytes(Encoding.DER)
    assert dns_names(certificate) == ("own.example",)


@pytest.mark.parametrize(
    ("oid", "value"),
    [
        ("2.5.29.31", b"\x30\x05"),  # CRL distribution points, cut
        ("2.5.29.32", b"no DER"),
        ("1.3.6.1.5.5.7.1.1", b""),
        ("1.2.3.4", b"\x30\x80"),
        ("2.5.29.18", tlv(0x30, dns(b"issuer.example"))),  # issuerAltName
    ],
)
def test_other_extensions_do_not_matter(oid: str, value: bytes) -> None:
    for extensions in (((oid, value), names(OWN)), (names(OWN), (oid, value))):
        assert dns_names(issued(trustme.CA(), "x", *extensions).public_bytes(Encoding.DER)) == ("own.example",)


def test_all_names_in_their_order_and_a_long_one() -> None:
    long = b".".join([b"a" * 62] * 4)
    certificate = issued(trustme.CA(), "x", names(dns(long), OWN, dns(b"*.own.example")))
    found = (long.decode(), "own.example", "*.own.example")
    assert dns_names(certificate.public_bytes(Encoding.DER)) == found


def test_every_prefix_and_every_changed_byte_is_read_without_raising() -> None:
    der = issued(trustme.CA(), "x", names(OWN, ODD["ediPartyName"])).public_bytes(Encoding.DER)
    for position in range(len(der)):
        assert set(dns_names(der[:position])) <= {"own.example"}
        for byte in (0x00, 0x7F, 0x80, 0x84, 0xFF, der[position] ^ 0x20):
            assert isinstance(dns_names(der[:position] + bytes([byte]) + der[position + 1 :]), tuple)
    assert dns_names(b"") == ()
