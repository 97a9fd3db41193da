"""A request's parts become bytes as they are, and nothing is said twice."""

import httpx
import pytest

from simulator.net.client.outgoing import Outgoing, compose, split_url
from simulator.trace.events import Headers


async def composed(
    method: str, host: str, target: str, body: bytes, content_type: str | None, headers: Headers
) -> Outgoing:
    return await Outgoing.of(compose(method, host, target, body, content_type, headers))


async def test_what_is_said_where_nothing_is_told() -> None:
    request = await composed("POST", "ds.a.example", "/x", b"abc", "text/plain", ())
    assert (request.method, request.target, request.body) == (b"POST", b"/x", b"abc")
    assert request.headers == [
        (b"host", b"ds.a.example"),
        (b"accept-encoding", b"identity"),
        (b"content-type", b"text/plain"),
        (b"content-length", b"3"),
    ]


@pytest.mark.parametrize(("method", "says"), [("POST", True), ("PUT", True), ("GET", False), ("post", False)])
async def test_a_length_of_nothing(method: str, says: bool) -> None:
    request = await composed(method, "a.example", "/", b"", None, ())
    assert ((b"content-length", b"0") in request.headers) is says


async def test_what_is_told_takes_its_place() -> None:
    told = (("HOST", "b.example"), ("Accept-Encoding", "gzip"), ("Transfer-Encoding", "x"), ("x", "\xfc"))
    headers = (await composed("POST", "a.example", "/", b"abc", None, told)).headers
    assert headers == [
        (b"HOST", b"b.example"),
        (b"Accept-Encoding", b"gzip"),
        (b"Transfer-Encoding", b"x"),
        (b"x", b"\xfc"),
    ]


@pytest.mark.parametrize("target", ["*", "/x/../y?z#f", "/ä b", "", "http://other.example/"])
@pytest.mark.parametrize("host", ["a.example", "xn--a", "xn--ls8h.example", "A.Example"])
async def test_host_target_and_method_are_what_they_were(host: str, target: str) -> None:
    request = await composed("get", host, target, b"", None, ())
    assert (request.method, request.target) == (b"get", target.encode())
    assert request.headers[0] == (b"host", host.encode())


async def test_a_request_of_httpx_s_own() -> None:
    request = await Outgoing.of(httpx.Request("post", "https://a.example/x?y", content=b"abc"))
    assert (request.method, request.target, request.body) == (b"POST", b"/x?y", b"abc")
    assert (b"Host", b"a.example") in request.headers


@pytest.mark.parametrize(
    ("method", "target", "headers"),
    [
        ("G\xc4T", "/", ()),
        ("GET", "/\ud800", ()),
        ("GET", "/", (("x", "\u2603"),)),
        ("GET", "/", (("\u2603", "x"),)),
    ],
)
def test_text_that_has_no_bytes(method: str, target: str, headers: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(UnicodeEncodeError):
        compose(method, "a.example", target, b"", None, headers)


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://a.example", ("a.example", "/")),
        ("https://xn--a.example/x/../y?z#f", ("xn--a.example", "/x/../y?z#f")),
        ("https://A.Example?q", ("A.Example", "/?q")),
        ("https://a.example/http://b.example:1/@", ("a.example", "/http://b.example:1/@")),
    ],
)
def test_the_parts_of_a_url(url: str, parts: tuple[str, str]) -> None:
    assert split_url(url) == parts


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://a.example/", "only https://"),
        ("a.example", "only https://"),
        ("https:///x", "only https://"),
        ("https://a.example:443/", "that is no URL"),
        ("https://me@a.example/", "that is no URL"),
        ("https://\xfc.example/", "that is no URL"),
        ("https://a\x00.example/", "that is no URL"),
        ("https://999.1.1.1/", "that is no URL"),
    ],
)
def test_what_leads_nowhere(url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        split_url(url)
