"""Whether all that is known of a group is the same everywhere."""

from collections.abc import Iterator
from typing import Any, ClassVar

from simulator.clients import Client
from simulator.clients.events.events import ConnectionRequested, Equivocated, FellBehind, Joined, Lost, Stopped
from simulator.clients.members import clients as members_of
from simulator.federation import Session
from simulator.mls.group import Group
from simulator.scenario.running.context import Context
from simulator.scenario.running.membership import caught_up
from simulator.scenario.running.odds import Odd, raise_first
from simulator.scenario.step import Expectation
from simulator.services.names import group_provider
from simulator.storage import GroupRecord

IN_TOUCH = "nobody to lose touch with a group"
"""What is expected of everybody who notices that it can't go on with a group as it knows it."""


KNOWN = "every member to know its group"
"""What is expected of everybody whom the hub takes for a member."""


class Consistent(Expectation, frozen=True, tag="consistent"):
    """In every group all members of an epoch have the same tree and the same secrets, and the hub's state is theirs.

    Whoever has got everything is at the hub's epoch, with all its pending proposals, and knows whether it is in.
    Nobody has ever lost touch with a group or caught its hub telling two stories.
    """

    spreads: ClassVar[bool] = True

    def check(self, context: Context, before: Any) -> None:
        """Compare all clients' groups, and the stores of the providers that are up."""
        raise_first(inconsistencies(context.session))


def inconsistencies(session: Session) -> Iterator[Odd]:
    """Whatever is not so, wherever that is."""
    complete = caught_up(session)
    groups: dict[str, None] = {}
    for client in session.clients:
        for event in client.events:
            groups[event.group] = None
            if isinstance(event, FellBehind | Equivocated | Stopped):
                yield Odd(client.uri, IN_TOUCH, f"{client.name} did: {event}")
    for group in groups:
        views = {client: client.groups[group] for client in session.clients if group in client.groups}
        yield from _epochs(group, views)
        hub = session.provider(group_provider(group.encode()))
        if hub.is_up:
            yield from _at_hub(group, views, hub.executor.store.groups.get(group.encode()), session, complete)


def _epochs(group: str, views: dict[Client, Group]) -> Iterator[Odd]:
    first: dict[int, tuple[Client, Group]] = {}
    for client, view in views.items():
        other, theirs = first.setdefault(view.epoch, (client, view))
        if _state(view) != _state(theirs):
            words = f"{client.name} and {other.name} differ in epoch {view.epoch} of {group}"
            yield Odd(client.uri, "one state for all members of an epoch", words)


def _state(view: Group) -> tuple[bytes, bytes, bytes]:
    return view.public.context.tree_hash, view.epoch_authenticator, view.export("consistent", b"", 32)


def _at_hub(
    group: str,
    views: dict[Client, Group],
    record: GroupRecord | None,
    session: Session,
    complete: tuple[Client, ...],
) -> Iterator[Odd]:
    inside = set() if record is None else {member.identity.decode() for member in record.public.members()}
    for client in session.clients:
        view, has_all, uri = views.get(client), client in complete, client.uri
        if view is None:
            if has_all and uri in inside and not _knows_why(client, group):
                yield Odd(uri, KNOWN, f"{client.name} does not know {group}")
        elif record is None:
            if has_all and list(members_of(view).values()) != [uri]:
                yield Odd(uri, "no member of a deleted group", f"{client.name} is still in {group}")
        elif has_all and uri not in inside:
            yield Odd(uri, "nobody in a group but its members", f"{client.name} thinks it is in {group}")
        else:
            yield from _compared(group, client, view, record, has_all)


def _compared(group: str, client: Client, view: Group, record: GroupRecord, complete: bool) -> Iterator[Odd]:
    there = record.public.epoch
    if view.epoch > there or (complete and view.epoch != there):
        words = f"{client.name} is in epoch {view.epoch} of {group}, which is in epoch {there}"
        yield Odd(client.uri, "members in their hub's epoch", words)
    if view.epoch == there and view.public.context != record.public.context:
        words = f"{client.name} has another of {group} in epoch {there}"
        yield Odd(client.uri, "the hub's state to be its members'", words)
    if complete and set(view.public.proposals) != set(record.public.proposals):
        words = f"{client.name} and the hub of {group} know different ones"
        yield Odd(client.uri, "members to know all proposals", words)


def _knows_why(client: Client, group: str) -> bool:
    """A member without the group's state: it has lost that, or was asked and has not said yes, or can't join any more.

    What it was told last decides.
    """
    kinds = (Joined, Lost, ConnectionRequested)
    told = [event for event in client.events if event.group == group and isinstance(event, kinds)]
    return bool(told) and not isinstance(told[-1], Joined)
