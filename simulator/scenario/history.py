"""What the clients' event logs say about a group: who was in it from which epoch to which, and what was sent in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.clients import Client
from simulator.clients.events import EpochChanged, Event, Joined, Lost, Received, Recovered, Removed, Sent, Stopped
from simulator.federation import Session

Message = tuple[int, str, bytes]
"""Epoch, sender's client URI, content."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A client was in a group from the epoch `first` on.

    It has every commit up to the one that began `reached`; the messages of the epochs before that came in front of it.
    `open` says whether it is in the group still.
    """

    first: int
    reached: int
    open: bool = True


def stays(client: Client, group: str) -> tuple[Stay, ...]:
    """The client's times in a group, oldest first."""
    found: list[Stay] = []
    for event in _about(client.events, group):
        match event:
            case Joined() | Recovered():
                found.append(Stay(event.epoch, event.epoch))
            case EpochChanged() if found:
                found[-1] = Stay(found[-1].first, event.epoch)
            case Removed() if found:
                found[-1] = Stay(found[-1].first, event.epoch, open=False)
            case Lost() | Stopped() if found:
                found[-1] = Stay(found[-1].first, found[-1].reached, open=False)
            case _:
                pass
    return tuple(found)


def sent(client: Client, group: str) -> list[Message]:
    """What the client has sent in a group, oldest first: all that the group's owner said it took."""
    events = _about(client.events, group)
    return [(event.epoch, client.uri, event.data) for event in events if isinstance(event, Sent)]


def received(client: Client, group: str) -> list[Message]:
    """What the client has got in a group, in the order in which it came."""
    events = _about(client.events, group)
    return [(event.epoch, event.sender, event.data) for event in events if isinstance(event, Received)]


def groups(clients: Iterable[Client]) -> tuple[str, ...]:
    """All groups in which anything ever happened."""
    return tuple(dict.fromkeys(event.group for client in clients for event in client.events))


def is_caught_up(client: Client, session: Session) -> bool:
    """Whether there is nothing that the client has yet to get or to learn, in any queue or outbox."""
    provider = session.user(client.user).provider
    return (
        client.online
        and not client.unanswered
        and all(each.is_up for each in session.providers)
        and not any(provider.name in each.desk.store.outbox.providers() for each in session.providers)
        and not provider.queued(client.uri)
    )


def _about(events: Iterable[Event], group: str) -> list[Event]:
    return [event for event in events if event.group == group]
