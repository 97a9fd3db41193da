"""Identifiers: who is found, octet by octet, and that nobody can tell who is not."""

from collections.abc import Sequence

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.binding.identifier_query import IDENTIFIER_QUERY, SEARCH
from simulator.drafts.mimi_protocol_06.messages.common import NO_EXTENSIONS
from simulator.drafts.mimi_protocol_06.messages.identifier_query import (
    IdentifierQueryCode,
    IdentifierRequest,
    IdentifierResponse,
    QueryElement,
    SearchIdentifierType,
)
from simulator.drafts.requests.endpoint import BadAnswer, Reply
from simulator.drafts.requests.requester import Requester
from simulator.services.accounts import directory
from simulator.services.commands import FindUsers
from simulator.services.refusal import Code, Refusal
from simulator.services.results import FoundUsers
from tests.breaking import breaks

from ..serving import BOB, Served

HANDLE, NICK, EMAIL = SearchIdentifierType.handle, SearchIdentifierType.nick, SearchIdentifierType.email


def _asked(
    *elements: tuple[SearchIdentifierType, str], domain: str = "b.example", by: Sequence[str] = SEARCH.kinds
) -> Reply:
    served = Served()
    served.client("mimi://b.example/d/bob/phone")
    directory.set_search(BOB, by, served.context)
    found = tuple(QueryElement(kind, None, None, value) for kind, value in elements)
    return served.answer(IDENTIFIER_QUERY, "a.example", domain, IdentifierRequest(found, NO_EXTENSIONS))


@pytest.mark.parametrize(
    "elements", [((HANDLE, "im:bob@b.example"),), ((NICK, "bob"),), ((NICK, "bob"), (HANDLE, "im:bob@b.example"))]
)
def test_who_has_the_identifier_is_found(elements: tuple[tuple[SearchIdentifierType, str], ...]) -> None:
    reply = _asked(*elements)
    assert reply.body == b"\x00" + bytes([len(BOB) + 1, len(BOB)]) + BOB.encode() + b"\x00\x00"
    assert not IDENTIFIER_QUERY.refusals.is_refusal(reply)
    assert IDENTIFIER_QUERY.read(reply) == FoundUsers((BOB,))


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


@pytest.mark.parametrize(("by", "kind"), [((), "handle"), ((), "nick"), (("handle",), "nick"), (("nick",), "handle")])
def test_who_does_not_want_to_be_found_is_nobody(by: tuple[str, ...], kind: str) -> None:
    """Octet by octet, with the headers."""
    element = (SearchIdentifierType[kind], SEARCH.identifier(kind, BOB))
    with breaks("P6-4.7-SEARCHABLE"):
        hidden = _asked(element, by=by)
    assert hidden == _asked((NICK, "nobody"))
    others = [each for each in SEARCH.kinds if each in by]
    assert all(
        _asked((SearchIdentifierType[each], SEARCH.identifier(each, BOB)), by=by).body[0] == 0 for each in others
    )


def test_all_elements_have_to_be_searchable() -> None:
    with breaks("P6-4.7-SEARCHABLE"):
        assert _asked((HANDLE, "im:bob@b.example"), (NICK, "bob"), by=("handle",)) == _asked((NICK, "nobody"))


def test_a_search_is_written() -> None:
    identifiers = tuple((kind, SEARCH.identifier(kind, BOB)) for kind in SEARCH.kinds)
    assert identifiers == (("handle", "im:bob@b.example"), ("nick", "bob"))
    sent = SEARCH.write(FindUsers("mimi://a.example/u/alice", "b.example", identifiers), Requester("a.example"))
    assert (sent.recipient, sent.wire_request.path) == ("b.example", "/v1/identifierQuery/b.example")
    assert b"alice" not in sent.body, "who asks is not said"
    served = Served()
    served.client("mimi://b.example/d/bob/phone")
    reply = served.answer(IDENTIFIER_QUERY, "a.example", "b.example", sent.body)
    assert IDENTIFIER_QUERY.read(reply) == FoundUsers((BOB,))


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
