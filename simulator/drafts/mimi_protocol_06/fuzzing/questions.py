"""Requests of this draft that no client operation makes: questions about users, consent, and a hub's notifications."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from simulator.codec import decode, encode
from simulator.drafts.fuzzing import Question
from simulator.drafts.mimi_protocol_06.binding.consent import REQUEST_CONSENT, UPDATE_CONSENT
from simulator.drafts.mimi_protocol_06.binding.identifier_query import IDENTIFIER_QUERY
from simulator.drafts.mimi_protocol_06.binding.notify import NOTIFY
from simulator.drafts.mimi_protocol_06.messages.common import NO_EXTENSIONS
from simulator.drafts.mimi_protocol_06.messages.consent import ConsentEntry, ConsentOperation
from simulator.drafts.mimi_protocol_06.messages.identifier_query import (
    IdentifierRequest,
    QueryElement,
    SearchIdentifierType,
)
from simulator.drafts.mimi_protocol_06.messages.submit_message import SubmitMessageRequest
from simulator.drafts.mimi_protocol_06.messages.update import HandshakeBundle, UpdateRequest
from simulator.drafts.mimi_protocol_06.names import room_of
from simulator.drafts.mimi_protocol_06.rules.deliveries import (
    fanned_out_commit,
    fanned_out_message,
    fanned_out_proposals,
)
from simulator.drafts.mimi_protocol_06.sender import from_header
from simulator.drafts.requests.endpoint import Endpoint, Outgoing
from simulator.services.names import group, user_provider


def questions(users: Mapping[str, str]) -> Iterator[Question]:
    """The provider of alice asks for identifiers of bob, and tells of every kind of consent between the two."""
    alice, bob = users["alice"], users["bob"]
    sender, recipient = user_provider(alice), user_provider(bob)
    for kind, value in ((SearchIdentifierType.handle, f"im:bob@{recipient}"), (SearchIdentifierType.nick, "bob")):
        query = IdentifierRequest((QueryElement(kind, None, None, value),), NO_EXTENSIONS)
        yield _question("query", sender, IDENTIFIER_QUERY, recipient, query)
    room = room_of(group(sender, "wanted"))
    for operation in ConsentOperation:
        asking = operation in (ConsentOperation.request, ConsentOperation.cancel)
        row, names = (REQUEST_CONSENT, (alice, bob)) if asking else (UPDATE_CONSENT, (bob, alice))
        key_packages = () if operation is ConsentOperation.grant else None
        entry = ConsentEntry(operation, *names, room, key_packages, NO_EXTENSIONS)
        yield _question(operation.name, sender, row, recipient, entry)


def _question(name: str, sender: str, row: Endpoint, recipient: str, request: object) -> Question:
    variables = {row.template.variable or "": recipient}
    return Question(name, sender, Outgoing(row.name, row, recipient, encode(request), variables, from_header(sender)))


def news(outgoing: Outgoing, followers: Sequence[str]) -> Iterator[Question]:
    """The notifications of what the hub is asked: whatever is answered in one message."""
    asked: Any = decode(outgoing.endpoint.request, outgoing.body) if outgoing.endpoint.request else None
    match asked:
        case UpdateRequest(HandshakeBundle(message, commit, None)) if commit is not None:
            told = fanned_out_commit(1, message)
        case UpdateRequest(HandshakeBundle(message, None, more)):
            told = fanned_out_proposals(1, (message, *(more or ())))
        case SubmitMessageRequest(_, message):
            told = fanned_out_message(1, message, None)
        case _:
            return
    hub = outgoing.recipient
    made = Outgoing(NOTIFY.name, NOTIFY, hub, encode(told), outgoing.variables, from_header(hub))
    for follower in followers:
        yield Question("news", hub, replace(made, recipient=follower))
