"""Who learned whom, by the bytes that providers got."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

import pytest

from simulator.codec import Fixed, encode, struct, utf8
from simulator.trace import ClientShown, Exchange, ProviderShown, Trace
from simulator.trace.disclosures import MOST, acquaintance, shown_user, user_of
from tests.trace.examples import EXCHANGE, HEADER, placed

ALICE, BOB, CAROL = (f"mimi://{at}.example/u/{name}" for at, name in (("a", "alice"), ("b", "bob"), ("c", "carol")))
RUN = replace(
    HEADER,
    providers=tuple(
        ProviderShown(
            f"{at}.example", f"ds.{at}.example", (ClientShown(f"{name}.phone", f"mimi://{at}.example/d/{name}/phone"),)
        )
        for at, name in (("a", "alice"), ("b", "bob"), ("c", "carol"))
    ),
)


@struct
class Named:
    name: utf8
    other: Annotated[bytes, Fixed(4)]


def asked(**what: Any) -> Exchange:
    """b.example asks a.example."""
    empty: dict[str, Any] = {"request": b"", "response": b"", "request_headers": (), "response_headers": ()}
    return replace(EXCHANGE, **(empty | what))


def run(*exchanges: Exchange) -> Trace:
    return Trace(RUN, placed(*exchanges))


def cells(*exchanges: Exchange) -> Mapping[tuple[str, str], tuple[int, str]]:
    found = acquaintance(run(*exchanges)).cells
    return {key: (each.exchange.number, each.part) for key, each in found.items()}


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ({"request": b"\x00\x01" + CAROL.encode()}, ("a.example", "request")),
        ({"response": b"mimi://c.example/d/carol/phone\x07"}, ("b.example", "response")),
        ({"request_headers": (("x-from", CAROL),)}, ("a.example", "request")),
        ({"response_headers": (("location", f"https://x/?{CAROL}"),)}, ("b.example", "response")),
        ({"url": "https://ds.a.example/keys/mimi%3A%2F%2Fc.example%2Fu%2Fcarol"}, ("a.example", "request")),
    ],
)
def test_a_name_that_is_planted_once_is_in_one_cell(where: dict[str, Any], told: tuple[str, str]) -> None:
    others = [asked() for _ in range(5)]
    assert cells(*others) == {}
    provider, part = told
    assert cells(*others[:3], replace(others[3], **where), *others[4:]) == {(provider, CAROL): (13, part)}


def test_the_first_exchange_counts_and_an_answer_when_it_has_come() -> None:
    slow = asked(started=1000.0, seconds=5.0, sender="a.example", provider="b.example", recipient="ds.b.example")
    slow = replace(slow, response=CAROL.encode())
    meanwhile = asked(started=1001.0, request=CAROL.encode())
    later = asked(started=1010.0, request=CAROL.encode())
    assert cells(slow, meanwhile, later) == {("a.example", CAROL): (11, "request")}


def test_nobody_is_told_of_its_own_users_and_clients_are_no_providers() -> None:
    assert cells(asked(request=ALICE.encode())) == {}
    assert cells(asked(sender="bob.phone", response=CAROL.encode())) == {}


def test_a_request_without_an_answer_counts_where_nothing_else_does() -> None:
    lost = asked(status=None, error="reset", request=CAROL.encode())
    (only,) = acquaintance(run(lost)).cells.values()
    assert (only.exchange.number, only.sure) == (10, False)
    (better,) = acquaintance(run(lost, asked(request=CAROL.encode()))).cells.values()
    assert (better.exchange.number, better.sure) == (11, True)


@pytest.mark.parametrize("name", ["b", "carol", "c" * 30, "c" * 100])
@pytest.mark.parametrize("follows", [bytes(4), b"look", b"~z9A", b"/x-y"])
def test_a_name_ends_where_its_struct_says(name: str, follows: bytes) -> None:
    uri = f"mimi://c.example/u/{name}"
    body = encode(Named(uri, follows))
    assert list(cells(asked(request=body))) == [("a.example", uri)]
    tls = len(uri).to_bytes(2) + uri.encode() + follows
    assert list(cells(asked(request=tls))) == [("a.example", uri)]


@pytest.mark.parametrize("kind", ["application/octet-stream", "application/json", "text/plain"])
@pytest.mark.parametrize("form", ['{{"user":"{}"}}', "x {} is not here", "is it ({}?)", "{}"])
def test_a_name_ends_where_its_text_says(kind: str, form: str) -> None:
    uri = "mimi://a-long-name-of-a-provider.example.org/u/carol.of.the.second.floor"
    headers = (("content-type", kind),)
    found = cells(asked(request_headers=headers, request=form.format(uri).encode()))
    assert list(found) == [("a.example", uri)]


def test_the_table_has_all_users_of_the_header_then_those_that_were_named() -> None:
    stranger = "mimi://z.example/u/zoe"
    found = acquaintance(run(asked(request=stranger.encode(), provider="other.example")))
    assert found.users == (ALICE, BOB, CAROL, stranger)
    assert found.providers == ("a.example", "b.example", "c.example", "other.example")
    assert list(found.cells) == [("other.example", stranger)]
    assert found.complete


def test_invented_users_are_bounded() -> None:
    body = b"".join(b"mimi://z.example/d/u%d/phone " % number for number in range(MOST + 10))
    found = acquaintance(run(asked(request=body)))
    assert (len(found.cells), found.complete) == (MOST, False)


def test_a_user_by_any_of_its_names() -> None:
    assert user_of("mimi://a.example/d/alice/phone") == user_of(ALICE) == ALICE
    assert user_of("alice") == "alice"
    assert cells(asked(url="https://\ud800/", request_headers=(("x", "\ud800"),), request=CAROL.encode()))
    assert shown_user(ALICE) == "alice at a.example"
    assert shown_user("alice") == "alice"


def test_a_long_run_is_looked_through_in_seconds() -> None:
    many = tuple(asked(number=number, request=CAROL.encode() + bytes(1000)) for number in range(20_000))
    began = time.perf_counter()
    found = acquaintance(Trace(RUN, many))
    assert time.perf_counter() - began < 10
    assert [each.exchange.number for each in found.cells.values()] == [0]
