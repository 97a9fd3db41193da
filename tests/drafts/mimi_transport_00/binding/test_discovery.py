"""Discovery: one line of text."""

import pytest

from simulator.drafts.mimi_transport_00 import MIMI_TRANSPORT_00
from simulator.drafts.mimi_transport_00.binding.discovery import default_host, open_request, read_answer
from simulator.drafts.requests.endpoint import BadAnswer, Envelope, Outgoing, Reply
from simulator.drafts.requests.wire_request import WireRequest
from simulator.services.names import MAX_FQDN, BadName
from simulator.services.results import DiscoveryDocument
from tests.breaking import breaks
from tests.services.bench import Bench

DISCOVERY = MIMI_TRANSPORT_00.discovery
TEXT = ("Content-Type", "text/plain; charset=us-ascii")


def test_we_tell_where_we_are_and_are_understood(bench: Bench) -> None:
    incoming = open_request(WireRequest("GET", "/"))
    assert incoming.envelope == Envelope("ds_domain")
    answer = bench.do(incoming.perform)
    assert answer.reply == Reply(
        200,
        (("content-type", "text/plain; charset=us-ascii"), ("cache-control", "max-age=3600")),
        b"ds.a.example\n",
    )
    assert read_answer(answer.reply) == DiscoveryDocument(b"ds.a.example", 3600)


def read(
    body: bytes, cache_control: str | None = None, content_type: str = TEXT[1], status: int = 200
) -> DiscoveryDocument:
    cache = () if cache_control is None else (("cache-control", cache_control),)
    return read_answer(Reply(status, (("content-type", content_type), *cache), body))


def test_the_final_newline_is_optional() -> None:
    assert read(b"ds.b.example").content == read(b"ds.b.example\n").content == b"ds.b.example"


@pytest.mark.parametrize(
    ("cache_control", "max_age"),
    [
        (None, 0),
        ("max-age=60", 60),
        ("public, Max-Age=60", 60),
        ("no-store, max-age=60", 0),
        ("no-cache", 0),
        ("max-age=", 0),
        ("max-age=-1", 0),
        ("max-age=x", 0),
        ("s-maxage=60", 0),
        ("max-age=" + "9" * 5000, 2**31),
    ],
)
def test_how_long_it_may_be_remembered(cache_control: str | None, max_age: int) -> None:
    assert read(b"ds.b.example\n", cache_control).max_age == max_age


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\n",
        b"ds.b.example\n\n",
        b"ds.b.example\r\n",
        b" ds.b.example",
        b"https://ds.b.example/",
        b"DS.b.example",
        b"192.0.2.1",
        b"[2001:db8::1]",
        b"ds.b.example:8443",
        b"\xff",
        b"<html></html>",
        b".".join([b"abcdefg"] * 32),
    ],
)
def test_junk_is_no_host(body: bytes) -> None:
    with pytest.raises(BadAnswer, match="no host name"):
        read(body)


@pytest.mark.parametrize("status", [201, 204, 301, 302, 404, 500])
@breaks("P-2-DISCOVERY-ERROR/STATUS")
def test_only_200_counts(status: int) -> None:
    with pytest.raises(BadAnswer, match=f"HTTP {status}, not 200"):
        read(b"ds.b.example\n", status=status)


@pytest.mark.parametrize(
    "content_type", ["", "text/html", "text/plain", "text/plain; charset=utf-8", "text/plain; charset=us-ascii; x=1"]
)
def test_only_ascii_text_counts(content_type: str) -> None:
    with pytest.raises(BadAnswer, match="not text/plain"):
        read(b"ds.b.example\n", content_type=content_type)


@breaks("P-2-DISCOVERY-ERROR/TYPE")
def test_of_a_long_content_type_only_the_beginning_is_quoted() -> None:
    with pytest.raises(BadAnswer) as error:
        read(b"ds.b.example\n", content_type="text/" + "x" * 10_000)
    assert len(str(error.value)) < 200


def test_quotes_and_case_do_not_matter() -> None:
    assert read(b"ds.b.example", content_type='Text/Plain;CHARSET="US-ASCII"').content == b"ds.b.example"


def test_the_usual_ds_host_is_a_name_too() -> None:
    assert default_host("a.example") == "ds.a.example"
    name = ".".join(["x" * 61] * 4) + ".yyy"
    assert len(name) == MAX_FQDN - 2
    assert len(default_host(name[1:])) == MAX_FQDN
    with pytest.raises(BadName, match=r"ds\.x+\.\.\. is too long for the name of a DS host: 254 bytes"):
        default_host(name)


def test_we_know_where_we_are(bench: Bench) -> None:
    assert DISCOVERY.hosts(DISCOVERY.own(bench.context)) == ("ds.a.example",)


@pytest.mark.parametrize("host", ["a.example", "ds.a.example"])
@breaks("P-2-DISCOVERY-ERROR/ELSEWHERE")
def test_nobody_elses_ds_host_is_ours(bench: Bench, host: str) -> None:
    with pytest.raises(BadAnswer, match=f"b.example says that its Delivery Service is at {host}, which is us"):
        DISCOVERY.check("b.example", host.encode(), bench.context)
    DISCOVERY.check("b.example", b"ds.b.example", bench.context)


def test_every_endpoint_is_at_the_ds_host() -> None:
    asked = Outgoing("add_users", MIMI_TRANSPORT_00.named("group_operation"), "b.example", b"")
    assert DISCOVERY.url(b"mimi.b.example", asked) == "https://mimi.b.example/group_operation"


@breaks("P-2-DISCOVERY-ERROR/NAME")
def test_an_answer_that_leads_anywhere_is_understood_if_that_is_a_name() -> None:
    assert read_answer(DISCOVERY.leading_to("ds.c.example", 5)) == DiscoveryDocument(b"ds.c.example", 5)
    with pytest.raises(BadAnswer, match="no host name"):
        read_answer(DISCOVERY.leading_to("nönsense", 5))
