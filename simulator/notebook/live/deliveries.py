"""Who has what: the application messages of a group, and at which clients they have arrived."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from simulator.clients import Client
from simulator.clients.events.events import Received, Sent
from simulator.dataclass import dataclass
from simulator.federation import Session
from simulator.net import TransportError
from simulator.notebook.figures.markup import CALM, GOOD, Display, chip, page, table, text
from simulator.trace import ProtocolEvent
from simulator.trace.tree import shortened

_LONGEST = 400
"""Characters of a message that are shown."""


@dataclass(frozen=True, slots=True)
class _Message:
    """What tells one message from another, for those who have read it."""

    epoch: int
    sender: str
    data: bytes
    copy: int = 0
    """How many like it were there before."""


def deliveries(session: Session, group: str) -> Display:
    """A table of the messages of a group, in the order in which they were sent, against the clients."""
    clients = session.clients
    order = _order(session, group)
    names = {client.uri: client.name for client in clients}
    rows: list[tuple[str, ...]] = []
    words = []
    for message in order:
        shown = shortened(message.data.decode(errors="replace"), _LONGEST)
        sender = names.get(message.sender, message.sender)
        marks = [_mark(client, group, message) for client in clients]
        cells = [chip(mark, CALM if mark == "sent" else GOOD) if mark else "" for mark in marks]
        rows.append((str(message.epoch), f"{text(sender)}: {text(shown)}", *cells))
        have = [client.name for client, mark in zip(clients, marks, strict=True) if mark not in ("", "sent")]
        words.append(f"{sender}: {shown} -> {', '.join(have) or 'nobody'}")
    waiting = [_waiting(session, client) for client in clients]
    if any(waiting):
        rows.append(("", '<span class="dim">wait at the provider</span>', *(text(number or "") for number in waiting)))
        queues = [f"{client.name} {number}" for client, number in zip(clients, waiting, strict=True) if number]
        words.append(f"wait at the provider: {', '.join(queues)}")
    head = ("epoch", "message", *(client.name for client in clients))
    return Display(page(table(head, rows)), "\n".join(words))


def _order(session: Session, group: str) -> list[_Message]:
    """As the record has them: what was sent, and what somebody read that nobody here had sent."""
    found: dict[_Message, None] = {}
    at = {client.uri: iter(_of(client, group)) for client in session.clients}
    for event in session.recorder.events:
        if isinstance(event, ProtocolEvent) and event.kind in ("Sent", "Received") and event.group == group:
            found.setdefault(next(at[event.actor]))
    return list(found)


def _of(client: Client, group: str) -> Iterator[_Message]:
    copies: Counter[_Message] = Counter()
    for event in client.events:
        if isinstance(event, Sent | Received) and event.group == group:
            message = _Message(event.epoch, getattr(event, "sender", client.uri), event.data)
            yield replace(message, copy=copies[message])
            copies[message] += 1


def _mark(client: Client, group: str, message: _Message) -> str:
    if message not in _of(client, group):
        return ""
    return "sent" if client.uri == message.sender else "✓"


def _waiting(session: Session, client: Client) -> int:
    """How many messages wait for a client; 0 where its provider is down."""
    provider = next(user.provider for user in session.users if client in user.clients)
    try:
        return provider.queued(client.uri)
    except TransportError:
        return 0
