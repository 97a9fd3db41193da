"""What the clients' event logs say about groups: who was in one from which epoch to which, and what was sent in it."""

from dataclasses import field, replace

from simulator.clients import Client
from simulator.clients.events.events import EpochChanged, Joined, Lost, Received, Recovered, Removed, Sent, Stopped
from simulator.dataclass import dataclass
from simulator.federation import Session

Message = tuple[int, str, bytes]
"""Epoch, sender's client URI, content."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A client was in a group from the epoch `first` on.

    It has every commit up to the one that began `reached`; the messages of the epochs before that came in front of it.
    `open` says whether it is in the group still.
    """

    first: int
    reached: int
    open: bool = True


@dataclass(slots=True)
class Membership:
    """One client's part in one group, everything in the order in which it happened."""

    intervals: list[Interval] = field(default_factory=list)
    sent: list[Message] = field(default_factory=list)
    """All that the group's hub said it took."""
    received: list[Message] = field(default_factory=list)


def memberships(client: Client) -> dict[str, Membership]:
    """By group, what the client's event log says."""
    found: dict[str, Membership] = {}
    for event in client.events:
        group = found.setdefault(event.group, Membership())
        match event:
            case Sent():
                group.sent.append((event.epoch, client.uri, event.data))
            case Received():
                group.received.append((event.epoch, event.sender, event.data))
            case Joined() | Recovered():
                group.intervals.append(Interval(event.epoch, event.epoch))
            case EpochChanged() if group.intervals:
                group.intervals[-1] = replace(group.intervals[-1], reached=event.epoch)
            case Removed() if group.intervals:
                group.intervals[-1] = Interval(group.intervals[-1].first, event.epoch, open=False)
            case Lost() | Stopped() if group.intervals:
                group.intervals[-1] = replace(group.intervals[-1], open=False)
            case _:
                pass
    return found


def caught_up(session: Session) -> tuple[Client, ...]:
    """The clients for which there is nothing that they have yet to get or to learn, in any queue or outbox."""
    if not all(provider.is_up for provider in session.providers):
        return ()
    awaited = {name for provider in session.providers for name in provider.executor.store.outbox.providers()}
    return tuple(
        client
        for user in session.users
        for client in user.clients
        if client.online
        and user.provider.executor.store.users.client_exists(client.uri)
        and not client.unsure_of
        and not client.unopened
        and user.provider.name not in awaited
        and not user.provider.queued(client.uri)
    )
