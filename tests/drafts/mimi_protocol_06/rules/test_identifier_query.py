"""Who is found by what."""

from simulator.drafts.mimi_protocol_06.messages.identifier_query import (
    IdentifierQueryCode,
    QueryElement,
    SearchIdentifierType,
)
from simulator.drafts.mimi_protocol_06.rules.identifier_query import search

from ..serving import BOB, Served


def test_one_user_or_nobody() -> None:
    served = Served()
    served.client("mimi://b.example/d/bob/phone")
    nick = QueryElement(SearchIdentifierType.nick, None, None, "bob")
    handle = QueryElement(SearchIdentifierType.handle, None, None, "im:bob@b.example")
    other = QueryElement(SearchIdentifierType.nick, None, None, "carol")
    for elements, code, users in (
        ((nick,), IdentifierQueryCode.success, (BOB,)),
        ((handle, nick), IdentifierQueryCode.success, (BOB,)),
        ((other,), IdentifierQueryCode.not_found, ()),
        ((nick, other), IdentifierQueryCode.not_found, ()),
        ((), IdentifierQueryCode.unsupported_field, ()),
    ):
        found = search("b.example", elements, served.context)
        assert (found.response_code, found.uri, found.found_profiles) == (code, users, ())
