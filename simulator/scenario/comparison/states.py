"""What can be compared of a federation before and after a step."""

from collections.abc import Collection, Iterator
from hashlib import sha256

from simulator.clients.events.events import Joined, Received, Rejected, Sent
from simulator.clients.members import clients as members
from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.federation import Session
from simulator.provider import Provider
from simulator.scenario.expectations.consistent import IN_TOUCH, KNOWN, inconsistencies
from simulator.scenario.expectations.delivered import misdeliveries
from simulator.scenario.expectations.unchanged import Rows
from simulator.scenario.running.context import listed
from simulator.scenario.running.odds import Odd


@dataclass(frozen=True, slots=True)
class State:
    """The providers that are up, as they are, and what is wrong between all."""

    rows: dict[str, Rows]
    """By provider, the hashes of the rows of its tables, without what is only on its way."""
    odds: tuple[Odd, ...]
    """What clients and hubs of groups do not agree on, or have not got."""

    @classmethod
    def of(cls, session: Session) -> "State":
        """As it is now."""
        up = (provider for provider in session.providers if provider.is_up)
        return cls({provider.name: _rows(provider) for provider in up}, tuple(_odds(session)))

    def changed(self, before: "State", providers: Collection[str]) -> dict[str, tuple[str, ...]]:
        """By provider of these, the tables that are not as they were."""
        found = {}
        for name in (each for each in self.rows if each in providers and each in before.rows):
            old, new = before.rows[name], self.rows[name]
            found[name] = tuple(table for table in new if new[table] != old[table])
        return {name: tables for name, tables in found.items() if tables}

    def fresh_odds(self, before: "State", honest: Collection[str]) -> tuple[str, ...]:
        """What is wrong now at honest clients (URIs) and was not before: a sentence each. That they lack what others
        have sent is no harm.
        """
        fresh = (odd for odd in self.odds if odd.who in honest and odd not in before.odds)
        found = (odd.happened for odd in fresh if not odd.by or any(each in honest for each in odd.by))
        return tuple(dict.fromkeys(found))


def _rows(provider: Provider) -> Rows:
    """What lasts; of groups only their members' state: what else a hub notes of one changes with every question."""
    groups = provider.executor.store.groups
    records = (groups.get(group_id) for group_id in groups.ids())
    states = frozenset(sha256(record.public.to_bytes()).digest() for record in records if record is not None)
    return {**provider.lasting_rows(), "groups": states}


@dataclass(frozen=True, slots=True)
class Intrusion:
    """How far clients have come that nobody real has."""

    gains: tuple[str, ...]
    seen_by: tuple[str, ...]
    """The other clients that see one among the members of a group, by name."""

    @classmethod
    def of(cls, session: Session, made_up: Collection[str]) -> "Intrusion":
        """As it is now; `made_up` are URIs."""
        ghosts = [client for client in session.clients if client.uri in made_up]
        others = [client for client in session.clients if client.uri not in made_up]
        done = {Joined: "is a member", Received: "reads messages"}
        gains = [
            f"{client.name} {done[type(event)]}" for client in ghosts for event in client.events if type(event) in done
        ]
        seen_by = [
            client.name
            for client in others
            for group in client.groups.values()
            if any(uri in made_up for uri in members(group).values())
        ]
        return cls(tuple(dict.fromkeys(gains)), tuple(dict.fromkeys(seen_by)))


def _odds(session: Session) -> Iterator[Odd]:
    try:
        refused = {
            client.uri for client in session.clients if any(isinstance(each, Rejected) for each in client.events)
        }
        for odd in inconsistencies(session):
            stays_out = odd.expected == KNOWN and odd.who in refused
            if odd.expected != IN_TOUCH and not stays_out:  # an event says that, and whoever refuses to join does well
                yield odd
        yield from misdeliveries(session)
    except SimulatorError:
        return  # a group whose hub nobody can look into
    yield from _misled(session)
    for user in session.users:
        for client in user.clients:
            if client.online and user.provider.is_up and user.provider.queued(client.uri):
                yield Odd(client.uri, "everything to have arrived", f"something waits for {client.name}")


def _misled(session: Session) -> Iterator[Odd]:
    """Who reads an answer before the message that its sender had read by then."""
    logs = {client: [each for each in client.events if isinstance(each, Sent | Received)] for client in session.clients}
    for author, log in logs.items():
        for place, sent in enumerate(log):
            if not isinstance(sent, Sent):
                continue
            answer = (sent.group, author.uri, sent.data)
            before = {_message(each) for each in log[:place] if isinstance(each, Received) and each.group == sent.group}
            for reader, theirs in logs.items():
                known = [_message(each) for each in theirs if isinstance(each, Received)]
                if answer in known:
                    late = [each for each in known[known.index(answer) + 1 :] if each in before]
                    if late:
                        words = f"{reader.name} reads {listed([answer])} before {listed(late)}"
                        yield Odd(reader.uri, "causes before effects", words)


def _message(event: Received) -> tuple[str, str, bytes]:
    return event.group, event.sender, event.data
