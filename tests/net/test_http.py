"""What a handler can ask of a request's values."""

import pytest

from simulator.net import HTTPReply, HTTPRequest, PeerFacts
from simulator.net.http import decode_headers, encode_headers

PEER = PeerFacts("1.1", "TLSv1.3", "TLS_AES_128_GCM_SHA256", None, ("127.0.0.1", 1))


@pytest.mark.parametrize(
    ("authority", "host"),
    [
        ("ds.a.example", "ds.a.example"),
        ("DS.A.Example:443", "ds.a.example"),
        ("ds.a.example:", "ds.a.example"),
        ("ds.a.example:000443", "ds.a.example"),
        ("ds.a.example:65535", "ds.a.example"),
        ("ds.a.example:65536", "ds.a.example:65536"),
        ("ds.a.example:99999", "ds.a.example:99999"),
        ("ds.a.example:0", "ds.a.example:0"),
        ("ds.a.example:" + 5000 * "1", "ds.a.example:" + 5000 * "1"),
        ("ds.a.example:+443", "ds.a.example:+443"),
        ("ds.a.example:\xb2", "ds.a.example:\xb2"),
        ("u@ds.a.example", "u@ds.a.example"),
        ("[::1]", "[::1]"),
        ("[::1]:443", "[::1]"),
        ("", ""),
        (":443", ":443"),
    ],
)
def test_host_is_the_authority_without_port_in_lower_case(authority: str, host: str) -> None:
    assert HTTPRequest(authority, "GET", "/", "", (), b"", PEER).host == host


def test_header_is_the_first_of_its_name() -> None:
    reply = HTTPReply(200, (("allow", "GET"), ("allow", "POST")))
    assert reply.header("allow") == "GET"
    assert reply.header("retry-after") is None


def test_headers_survive_the_wire_with_lower_case_names() -> None:
    assert decode_headers([(b"Retry-After", b"5"), (b"x", b"\xe4")]) == (("retry-after", "5"), ("x", "ä"))
    assert encode_headers((("x", "ä"),)) == [(b"x", b"\xe4")]


def test_the_address_is_no_part_of_equality() -> None:
    other = PeerFacts("1.1", "TLSv1.3", "TLS_AES_128_GCM_SHA256", None, ("127.0.0.1", 2))
    assert other == PEER
