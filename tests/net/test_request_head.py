"""Heads of both versions as values, and each reason to refuse one; on the wire they are in test_server_http1 and 2."""

import pytest

from simulator.net.request_head import head_of, head_of_http2

HOST = ("host", "a.example")


@pytest.mark.parametrize(
    ("version", "method", "target", "headers", "refusal"),
    [
        ("1.1", "GET", "/", (HOST,), None),
        ("1.0", "GET", "/", (), None),
        ("1.2", "CONNECT", "/", (), 505),
        ("1.1", "CONNECT", "a.example:443", (HOST,), 501),
        ("1.1", "GET", "a", (HOST,), 400),
        ("1.1", "GET", "/", (("upgrade", "x, WebSocket"), ("connection", "a"), ("connection", "b,UPGRADE ")), 403),
        ("1.1", "GET", "/", (("upgrade", "websocket"), ("connection", "close")), None),
        ("1.1", "GET", "/", (("upgrade", "h2c"), ("connection", "upgrade")), None),
    ],
)
def test_what_is_refused_in_http1(
    version: str, method: str, target: str, headers: tuple[tuple[str, str], ...], refusal: int | None
) -> None:
    assert head_of(version, method, target, headers).refusal == refusal


def test_an_absolute_target_wins_over_host_whatever_the_case_of_its_scheme() -> None:
    head = head_of("1.1", "GET", "hTTps://B.example:1/x?y?z", (HOST,))
    assert (head.authority, head.path, head.query) == ("B.example:1", "/x", "y?z")
    assert head_of("1.1", "GET", "https://b.example", ()).path == "/"


def test_the_authority_of_http2_is_its_host_in_front() -> None:
    pseudo = ((":method", "GET"), (":path", "/x?y"), (":authority", "a.example"), (":scheme", "https"))
    head = head_of_http2((*pseudo, ("x", "y"), ("host", "a.example")))
    assert head.headers == (HOST, ("x", "y"))
    assert (head.version, head.method, head.path, head.query, head.refusal) == ("2", "GET", "/x", "y", None)
    assert head_of_http2(((":method", "GET"), (":path", "/"), HOST)).authority == "a.example"


@pytest.mark.parametrize(
    ("method", "path", "protocol", "refusal"),
    [
        ("GET", "/", None, None),
        ("OPTIONS", "*", None, None),
        ("CONNECT", "", None, 501),
        ("CONNECT", "/", "websocket", 403),
        ("G T", "/", None, 400),
        ("", "/", None, 400),
        ("GET", "", None, 400),
        ("GET", "x", None, 400),
        ("GET", "https://a.example/", None, 400),
        ("GET", "/\xe9", None, 400),
    ],
)
def test_what_is_refused_in_http2(method: str, path: str, protocol: str | None, refusal: int | None) -> None:
    more = () if protocol is None else ((":protocol", protocol),)
    head = head_of_http2(((":method", method), (":path", path), (":authority", "a.example"), *more))
    assert head.refusal == refusal
