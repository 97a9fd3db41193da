"""Whether messages get where they belong, whatever they are."""

from collections import Counter
from itertools import combinations
from typing import Any

from simulator.clients import Client
from simulator.scenario.context import Context, listed
from simulator.scenario.history import Message, groups, is_caught_up, received, sent, stays
from simulator.scenario.step import Expectation, Unmet


class Delivered(Expectation, frozen=True, tag="delivered"):
    """Of all messages that were accepted in any group, each has reached every member of its epoch once and in order.

    A client that is offline, or for which something waits in an outbox, may lack what came last. One that has lost its
    state is owed nothing that it had not read before.
    """

    all: bool = False
    """Nothing waits anywhere: every client that has not been deleted is online and has everything."""

    def check(self, context: Context, before: Any) -> None:
        """Compare the clients' event logs."""
        clients = context.session.clients
        behind = [client.name for client in clients if not is_caught_up(client, context.session)]
        if self.all and behind:
            gone = {client.name for client in clients if context.is_deleted(client)}
            if set(behind) - gone:
                raise Unmet("everything to have arrived", f"something waits for {', '.join(behind)}")
        for group in groups(clients):
            _check_group(group, clients, context)


def _check_group(group: str, clients: tuple[Client, ...], context: Context) -> None:
    accepted = {client.uri: sent(client, group) for client in clients}
    unsure = {client.uri for client in clients if any(each.group == group for each in client.unanswered)}
    for client in clients:
        got = received(client, group)
        for sender, messages in accepted.items():
            _check_order(group, client, [m for m in got if m[1] == sender], messages, sender in unsure)
        everything = [message for messages in accepted.values() for message in messages]
        missing = [m for m in everything if m not in got and m[1] != client.uri and _is_due(m, group, client, context)]
        if missing:
            raise Unmet("every message at every member", f"{client.name} lacks {_words(group, missing)}")
    for one, other in combinations(clients, 2):
        common = set(received(one, group)) & set(received(other, group))
        if [m for m in received(one, group) if m in common] != [m for m in received(other, group) if m in common]:
            raise Unmet("one order for all", f"{one.name} and {other.name} have messages of {group} in different ones")


def _check_order(group: str, client: Client, got: list[Message], accepted: list[Message], unsure: bool) -> None:
    """What one client got from one sender. A sender without an answer may have sent what it does not know of yet."""
    extra = list((Counter(got) - Counter(accepted)).elements())
    twice = [message for message in extra if message in accepted or extra.count(message) > 1]
    if twice:
        raise Unmet("every message once", f"{client.name} got {_words(group, twice)} more than once")
    if extra and not unsure:
        raise Unmet("only messages that were accepted", f"{client.name} got {_words(group, extra)}")
    if [m for m in got if m in accepted] != [m for m in accepted if m in got]:
        raise Unmet("messages in the order of their sending", f"{client.name} got {_words(group, got)}")


def _is_due(message: Message, group: str, client: Client, context: Context) -> bool:
    epoch = message[0]
    for stay in stays(client, group):
        if stay.first <= epoch < stay.reached:
            return True
        if stay.open and stay.first <= epoch and is_caught_up(client, context.session):
            return True
    return False


def _words(group: str, messages: list[Message]) -> str:
    return listed((group, sender, data) for _, sender, data in messages)
