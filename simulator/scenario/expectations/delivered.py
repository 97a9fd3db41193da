"""Whether messages get where they belong, whatever they are."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Any, ClassVar

from simulator.clients import Client
from simulator.clients.events.events import Proposed
from simulator.federation import Session
from simulator.mls.framing.framing import ExternalSender, MemberSender
from simulator.mls.proposals.app_data_update import AppDataUpdate
from simulator.mls.proposals.proposals import Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.public_group import PublicGroup
from simulator.scenario.running.context import Context, listed
from simulator.scenario.running.membership import Membership, Message, caught_up, memberships
from simulator.scenario.running.odds import Odd, raise_first
from simulator.scenario.step import Expectation, Unmet
from simulator.services.names import parse_client

Memberships = dict[Client, Membership]

_LEAVE = {SelfRemove.__name__, AppDataUpdate.__name__}
"""What a user's client proposes to leave a group that keeps a list of its users; a client alone proposes the first."""


class Delivered(Expectation, frozen=True, tag="delivered"):
    """Of all messages that were accepted in any group, each has reached every member of its epoch once and in order.

    A client that is offline, or for which something waits in an outbox, may lack what came last. One that has lost its
    state is owed nothing that it had not read before, and one whose user has proposed to leave nothing more of that
    epoch: a hub may stop at once. The same holds where its hub has proposed that anew.
    """

    spreads: ClassVar[bool] = True

    all: bool = False
    """Nothing waits anywhere: every client that has not been deleted is online and has everything."""

    def check(self, context: Context, before: Any) -> None:
        """Compare the clients' event logs."""
        session = context.session
        complete = caught_up(session)
        behind = [client for client in session.clients if client not in complete]
        if self.all and not all(context.is_deleted(client) for client in behind):
            names = ", ".join(client.name for client in behind)
            raise Unmet("everything to have arrived", f"something waits for {names}")
        raise_first(misdeliveries(session))


def misdeliveries(session: Session) -> Iterator[Odd]:
    """Whatever did not get where it belongs, or got where it does not."""
    complete = caught_up(session)
    logs = {client: memberships(client) for client in session.clients}
    for group in dict.fromkeys(group for log in logs.values() for group in log):
        involved = {client: log[group] for client, log in logs.items() if group in log}
        yield from _contents(group, involved)
        yield from _order(group, involved)
        yield from _missing(group, involved, complete)


def _contents(group: str, involved: Memberships) -> Iterator[Odd]:
    """Nobody got a message twice, or one that nobody sent. Who has no answer may have sent what it does not know of."""
    accepted = [message for membership in involved.values() for message in membership.sent]
    unsure = {client.uri for client in involved if group in client.unsure_of}
    for client, membership in involved.items():
        extra = list((Counter(membership.received) - Counter(accepted)).elements())
        twice = [message for message in extra if message in accepted or extra.count(message) > 1]
        if twice:
            yield Odd(client.uri, "every message once", f"{client.name} got {_words(group, twice)} more than once")
        made_up = [message for message in extra if message not in twice and message[1] not in unsure]
        if made_up:
            words = f"{client.name} got {_words(group, made_up)}"
            yield Odd(client.uri, "only messages that were accepted", words)


def _order(group: str, involved: Memberships) -> Iterator[Odd]:
    """What two clients know of, one or both as receivers, they know in one order."""
    for (one, ones), (other, others) in combinations(involved.items(), 2):
        for known, also in (
            (ones.received, others.received),
            (ones.sent, others.received),
            (ones.received, others.sent),
        ):
            common = set(known) & set(also)
            if [m for m in known if m in common] != [m for m in also if m in common]:
                words = f"{one.name} and {other.name} know different ones in {group}"
                yield Odd(one.uri, "one order for all", words)


def _missing(group: str, involved: Memberships, complete: tuple[Client, ...]) -> Iterator[Odd]:
    leaving = _leaving(group, involved)
    for client, membership in involved.items():
        got = set(membership.received)
        missing = [
            message
            for sender, theirs in involved.items()
            for message in theirs.sent
            if sender is not client and message not in got and (message[0], client.user) not in leaving
            if _is_due(message, membership, client in complete)
        ]
        if missing:
            words = f"{client.name} lacks {_words(group, missing)}"
            yield Odd(client.uri, "every message at every member", words, tuple(message[1] for message in missing))


def _leaving(group: str, involved: Memberships) -> set[tuple[int, str]]:
    """In which epoch which users (URIs) have proposed to leave: others know of it, or they themselves."""
    proposed: dict[tuple[int, str], set[str]] = {}
    for client in involved:
        for event in client.events:
            if isinstance(event, Proposed) and event.group == group:
                proposed.setdefault((event.epoch, event.sender), set()).add(event.proposal)
        view = client.groups.get(group)
        for public in (*client.ended(group), *(() if view is None else (view.public,))):
            proposed.setdefault((public.epoch, client.uri), set()).update(_proposed_by(client.uri, public))
            if _leaves_anew(client.uri, public):
                proposed[public.epoch, client.uri].update(_LEAVE)
    return {(epoch, str(parse_client(sender).user)) for (epoch, sender), names in proposed.items() if names >= _LEAVE}


def _proposed_by(client: str, public: PublicGroup) -> Iterator[str]:
    member = public.find(client.encode())
    own = None if member is None else MemberSender(member.leaf_index)
    for waiting in public.proposals.values():
        if waiting.sender == own:
            yield type(waiting.proposal).__name__


def _leaves_anew(client: str, public: PublicGroup) -> bool:
    """Whether the hub has proposed once more that the client is removed and its user struck off: a commit from outside
    has begun the next epoch, and taken the leave along in part.
    """
    member, waiting = public.find(client.encode()), public.proposals.values()
    anew = [each.proposal for each in waiting if isinstance(each.sender, ExternalSender)]
    removed = {proposal.removed for proposal in anew if isinstance(proposal, Remove)}
    return (
        member is not None
        and member.leaf_index in removed
        and any(isinstance(proposal, AppDataUpdate) for proposal in anew)
    )


def _is_due(message: Message, membership: Membership, complete: bool) -> bool:
    epoch = message[0]
    return any(
        interval.first <= epoch and (epoch < interval.reached or (interval.open and complete))
        for interval in membership.intervals
    )


def _words(group: str, messages: list[Message]) -> str:
    return listed((group, sender, data) for _, sender, data in messages)
