"""Identifiers: who is found, octet by octet, and that nobody can tell who is not."""

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.binding.identifier_query import IDENTIFIER_QUERY, Found
from simulator.drafts.mimi_protocol_06.messages.common import NO_EXTENSIONS
from simulator.drafts.mimi_protocol_06.messages.identifier_query import (
    IdentifierQueryCode,
    IdentifierRequest,
    IdentifierResponse,
    QueryElement,
    SearchIdentifierType,
)
from simulator.drafts.requests.endpoint import BadAnswer, Reply
from simulator.services.refusal import Code, Refusal
from tests.breaking import breaks

from ..serving import BOB, Served

HANDLE, NICK, EMAIL = SearchIdentifierType.handle, SearchIdentifierType.nick, SearchIdentifierType.email


def _asked(*elements: tuple[SearchIdentifierType, str], domain: str = "b.example") -> Reply:
    served = Served()
    served.client("mimi://b.example/d/bob/phone")
    found = tuple(QueryElement(kind, None, None, value) for kind, value in elements)
    return served.answer(IDENTIFIER_QUERY, "a.example", domain, IdentifierRequest(found, NO_EXTENSIONS))


@pytest.mark.parametrize(
    "elements", [((HANDLE, "im:bob@b.example"),), ((NICK, "bob"),), ((NICK, "bob"), (HANDLE, "im:bob@b.example"))]
)
def test_who_has_the_identifier_is_found(elements: tuple[tuple[SearchIdentifierType, str], ...]) -> None:
    reply = _asked(*elements)
    assert reply.body == b"\x00" + bytes([len(BOB) + 1, len(BOB)]) + BOB.encode() + b"\x00\x00"
    assert not IDENTIFIER_QUERY.refusals.is_refusal(reply)
    assert IDENTIFIER_QUERY.read(reply) == Found((BOB,))


@pytest.mark.parametrize(
    "elements",
    [
        ((NICK, "carol"),),
        ((NICK, "Bob"),),
        ((NICK, "no/name"),),
        ((HANDLE, "bob@b.example"),),
        ((HANDLE, "im:bob@c.example"),),
        ((NICK, "bob"), (NICK, "carol")),
    ],
)
def test_nobody_else_is(elements: tuple[tuple[SearchIdentifierType, str], ...]) -> None:
    reply = _asked(*elements)
    assert (reply.status, reply.body) == (200, b"\x01\x00\x00\x00")
    with pytest.raises(Refusal) as caught:
        IDENTIFIER_QUERY.read(reply)
    assert caught.value.code == Code.unknown_user


@pytest.mark.parametrize("elements", [(), ((EMAIL, "bob@b.example"),), ((NICK, "bob"), (EMAIL, "x"))])
def test_other_fields_are_not_searched(elements: tuple[tuple[SearchIdentifierType, str], ...]) -> None:
    reply = _asked(*elements)
    assert reply.body == b"\x04\x00\x00\x00"
    with pytest.raises(Refusal) as caught:
        IDENTIFIER_QUERY.read(reply)
    assert caught.value.code == Code.malformed


@breaks("P6-4.7-DOMAIN")
def test_others_know_their_own_users() -> None:
    reply = _asked((NICK, "bob"), domain="c.example")
    assert reply.status == 404


def test_what_is_no_answer() -> None:
    with pytest.raises(BadAnswer):
        IDENTIFIER_QUERY.read(Reply(200, (), b"\x09"))
    forbidden = IdentifierResponse(IdentifierQueryCode.forbidden, (), (), NO_EXTENSIONS)
    with pytest.raises(Refusal) as caught:
        IDENTIFIER_QUERY.read(Reply(200, (), encode(forbidden)))
    assert caught.value.code == Code.not_authorized
