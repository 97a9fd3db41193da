"""Whether all that is known of a group is the same everywhere."""

from typing import Any

from simulator.clients import Client
from simulator.clients.events.events import ConnectionRequested, Equivocated, FellBehind, Joined, Lost, Stopped
from simulator.clients.members import clients as members_of
from simulator.mls.group import Group
from simulator.scenario.running.context import Context
from simulator.scenario.running.membership import caught_up
from simulator.scenario.step import Expectation, Unmet
from simulator.services.names import group_provider
from simulator.storage import GroupRecord


class Consistent(Expectation, frozen=True, tag="consistent"):
    """In every group all members of an epoch have the same tree and the same secrets, and the hub's state is theirs.

    Whoever has got everything is at the hub's epoch, with all its pending proposals, and knows whether it is in.
    Nobody has ever lost touch with a group or caught its hub telling two stories.
    """

    def check(self, context: Context, before: Any) -> None:
        """Compare all clients' groups, and the stores of the providers that are up."""
        complete = caught_up(context.session)
        groups: dict[str, None] = {}
        for client in context.session.clients:
            for event in client.events:
                groups[event.group] = None
                if isinstance(event, FellBehind | Equivocated | Stopped):
                    raise Unmet("nobody to lose touch with a group", f"{client.name} did: {event}")
        for group in groups:
            views = {client: client.groups[group] for client in context.session.clients if group in client.groups}
            _check_epochs(group, views)
            hub = context.session.provider(group_provider(group.encode()))
            if hub.is_up:
                _check_hub(group, views, hub.executor.store.groups.get(group.encode()), context, complete)


def _check_epochs(group: str, views: dict[Client, Group]) -> None:
    first: dict[int, tuple[Client, Group]] = {}
    for client, view in views.items():
        other, theirs = first.setdefault(view.epoch, (client, view))
        if _state(view) != _state(theirs):
            raise Unmet(
                "one state for all members of an epoch",
                f"{client.name} and {other.name} differ in epoch {view.epoch} of {group}",
            )


def _state(view: Group) -> tuple[bytes, bytes, bytes]:
    return view.public.context.tree_hash, view.epoch_authenticator, view.export("consistent", b"", 32)


def _check_hub(
    group: str,
    views: dict[Client, Group],
    record: GroupRecord | None,
    context: Context,
    complete: tuple[Client, ...],
) -> None:
    inside = set() if record is None else {member.identity.decode() for member in record.public.members()}
    for client in context.session.clients:
        view, has_all = views.get(client), client in complete
        if view is None:
            if has_all and client.uri in inside and not _knows_why(client, group):
                raise Unmet("every member to know its group", f"{client.name} does not know {group}")
        elif record is None:
            if has_all and list(members_of(view).values()) != [client.uri]:
                raise Unmet("no member of a deleted group", f"{client.name} is still in {group}")
        elif has_all and client.uri not in inside:
            raise Unmet("nobody in a group but its members", f"{client.name} thinks it is in {group}")
        else:
            _compare(group, client, view, record, has_all)


def _compare(group: str, client: Client, view: Group, record: GroupRecord, complete: bool) -> None:
    there = record.public.epoch
    if view.epoch > there or (complete and view.epoch != there):
        raise Unmet(
            "members in their hub's epoch",
            f"{client.name} is in epoch {view.epoch} of {group}, which is in epoch {there}",
        )
    if view.epoch == there and view.public.context != record.public.context:
        raise Unmet("the hub's state to be its members'", f"{client.name} has another of {group} in epoch {there}")
    if complete and set(view.public.proposals) != set(record.public.proposals):
        raise Unmet("members to know all proposals", f"{client.name} and the hub of {group} know different ones")


def _knows_why(client: Client, group: str) -> bool:
    """A member without the group's state: it has lost that, or was asked and has not said yes, or can't join any more.

    What it was told last decides.
    """
    kinds = (Joined, Lost, ConnectionRequested)
    told = [event for event in client.events if event.group == group and isinstance(event, kinds)]
    return bool(told) and not isinstance(told[-1], Joined)
