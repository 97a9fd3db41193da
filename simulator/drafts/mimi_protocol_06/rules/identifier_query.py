"""Which user has an identifier: handles and nicks, exactly as they are ([P] 5.8; PROTOCOL.md, Identifiers)."""

from simulator.drafts.mimi_protocol_06.messages.common import NO_EXTENSIONS
from simulator.drafts.mimi_protocol_06.messages.identifier_query import (
    IdentifierQueryCode,
    IdentifierResponse,
    QueryElement,
    SearchIdentifierType,
)
from simulator.rules import refuse
from simulator.services.names import BadName, user, user_provider
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext

_PAGE = "PROTOCOL.md, Identifiers"

OURS = rule("P6-4.7-DOMAIN", Code.unknown_user, _PAGE, essential="others know their users")

_SUPPORTED = (SearchIdentifierType.handle, SearchIdentifierType.nick)


def search(domain: str, elements: tuple[QueryElement, ...], context: ServiceContext) -> IdentifierResponse:
    """The users of ours for whom all elements hold: there is at most one. Raises Refusal unknown_user for the domain of
    another provider.
    """
    if domain != context.provider:
        refuse(OURS, f"{context.provider} knows no users of {domain}")
    if not elements or any(each.search_type not in _SUPPORTED for each in elements):
        return _answer(IdentifierQueryCode.unsupported_field)
    meant = {_user(each, domain) for each in elements}
    found = meant.pop() if len(meant) == 1 else None
    if found is None or not context.store.users.exists(found):
        return _answer(IdentifierQueryCode.not_found)
    return _answer(IdentifierQueryCode.success, found)


def _answer(code: IdentifierQueryCode, *users: str) -> IdentifierResponse:
    return IdentifierResponse(code, users, (), NO_EXTENSIONS)


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
