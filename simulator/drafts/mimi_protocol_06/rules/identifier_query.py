"""Which user has an identifier: handles and nicks, exactly as they are ([P] 5.8; PROTOCOL.md, Identifiers)."""

from simulator.drafts.mimi_protocol_06.messages.common import NO_EXTENSIONS
from simulator.drafts.mimi_protocol_06.messages.identifier_query import (
    IdentifierQueryCode,
    IdentifierResponse,
    QueryElement,
    SearchIdentifierType,
)
from simulator.rules import Rule, check, refuse
from simulator.services.names import BadName, user, user_provider
from simulator.services.refusal import Code, Refusal, rule
from simulator.services.service_context import ServiceContext

_PAGE = "PROTOCOL.md, Identifiers"

OURS = rule("P6-4.7-DOMAIN", Code.unknown_user, _PAGE, essential="others know their users")

SUPPORTED = (SearchIdentifierType.handle, SearchIdentifierType.nick)
"""By what users can be searched."""


class NotFound(Refusal):
    """There is such a user, and the answer is the one that nobody gets who does not exist."""


def _hidden(words: str) -> NotFound:
    return NotFound(Code.unknown_user, words, _PAGE)


SEARCHABLE = Rule("P6-4.7-SEARCHABLE", _hidden)


def search(domain: str, elements: tuple[QueryElement, ...], context: ServiceContext) -> IdentifierResponse:
    """The users of ours for whom all elements hold: there is at most one. Raises NotFound for one who is not to be
    found like this, and Refusal unknown_user for the domain of another provider.
    """
    if domain != context.provider:
        refuse(OURS, f"{context.provider} knows no users of {domain}")
    if not elements or any(each.search_type not in SUPPORTED for each in elements):
        return _answer(IdentifierQueryCode.unsupported_field)
    meant = {_user(each, domain) for each in elements}
    found = meant.pop() if len(meant) == 1 else None
    if found is None or not context.store.users.exists(found):
        return NOBODY
    by = tuple(each.search_type.name for each in elements)
    words = f"{found} is not to be found by {' and '.join(by)}"
    check(SEARCHABLE, context.store.users.is_found_by(found, by), words)
    return _answer(IdentifierQueryCode.success, found)


def _answer(code: IdentifierQueryCode, *users: str) -> IdentifierResponse:
    return IdentifierResponse(code, users, (), NO_EXTENSIONS)


NOBODY = _answer(IdentifierQueryCode.not_found)
"""The answer where nobody is found."""


def _user(element: QueryElement, domain: str) -> str | None:
    """The URI of whom an element can mean only: `im:alice@a.example` and `alice` are mimi://a.example/u/alice."""
    name = element.search_value
    if element.search_type is SearchIdentifierType.handle:
        name, _, of = name.removeprefix("im:").partition("@")
        if of != domain or not element.search_value.startswith("im:"):
            return None
    try:
        found = user(domain, name)
        user_provider(found)
    except BadName:
        return None
    return found
