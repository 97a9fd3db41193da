"""Users' clients and their groups, as one acts with them in a cell."""

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from simulator.clients import Client as MLSClient
from simulator.clients import operations
from simulator.clients.operations import Operation
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.errors import SimulatorError, hint
from simulator.federation import Session
from simulator.notebook.arguments import checked
from simulator.notebook.errors import saying
from simulator.notebook.figures.markup import CALM, GOOD, Display, chip, key_chip, page, table, text
from simulator.notebook.figures.trees import group as group_shown
from simulator.notebook.live.deliveries import deliveries
from simulator.notebook.live.live_session import LiveSession
from simulator.printable import printable
from simulator.scenario.names import Kind

if TYPE_CHECKING:
    import polars

T = TypeVar("T")

_KINDS = {REGULAR: "for groups", CONNECTION: "for connections"}
"""What KeyPackages of a kind are for."""


class Group:
    """A group, by the name that the notebook gave it."""

    def __init__(self, live: LiveSession, uri: str, name: str) -> None:
        self.uri = uri
        self.name = name
        self._live = live
        self._run = live.run

    def __repr__(self) -> str:
        return printable(f"<group {self.name}: {self.uri}>")

    @property
    def members(self) -> dict[str, int]:
        """The clients that hold the group's state, each with the epoch that it is in; in the order of the topology."""

        def look(session: Session) -> dict[str, int]:
            return {each.name: each.groups[self.uri].epoch for each in session.clients if self.uri in each.groups}

        return self._look(look)

    @property
    def received(self) -> Display:
        """Who has which message: a row for each that somebody has read, a column for each client."""
        return self._look(lambda session: deliveries(session, self.uri))

    @property
    def display(self) -> Display:
        """The ratchet tree and its leaves, as the first client that is a member holds them."""

        def look(session: Session) -> Display:
            held = [(client.name, client.groups[self.uri]) for client in session.clients if self.uri in client.groups]
            return group_shown(self.name, self.uri, dict(held))

        return self._look(look)

    def _look(self, looking: Callable[[Session], T]) -> T:
        """Raises Refused, also where the group is of a run that has ended."""
        with saying(f"looking at the group {self.name}"):
            group_of(self._live, self)
        return self._live.look(looking)

    def _repr_html_(self) -> str:
        return self.display.html


class Client:
    """A client of a user. Each method is a step; when it returns, everything that follows from it has happened."""

    def __init__(self, live: LiveSession, name: str) -> None:
        self.name = name
        self._live = live

    def __repr__(self) -> str:
        return f"<client {self.name}>"

    def _repr_html_(self) -> str:
        return self.display.html

    @property
    def display(self) -> Display:
        """What it is and has: its URI and signature key, its groups, what waits for it at its provider."""

        def look(session: Session) -> Display:
            client = session.client(self.name)
            provider = session.user(client.user).provider
            state = chip("online", GOOD) if client.online else chip("offline", CALM)
            kinds, left = session.draft.mls.kinds, partial(provider.remaining_key_packages, client.uri)
            stock = [f"{left(kind)} {_KINDS.get(kind, kind)}" for kind in kinds]
            groups = [f"<code>{text(uri)}</code> epoch {held.epoch}" for uri, held in client.groups.items()]
            rows = [
                ("client", f"{text(client.name)} <code>{text(client.uri)}</code> {state}"),
                ("signature key", key_chip(client.state.identity.signature_public_key)),
                ("groups", "<br>".join(groups) or "none"),
                ("KeyPackages left", ", ".join(stock)),
                ("messages waiting", str(provider.queued(client.uri))),
            ]
            words = f"{client.name} ({client.uri}): {len(groups)} groups"
            return Display(page(table(("", ""), rows)), words)

        return self._live.look(look)

    @checked("connect")
    def connect(self, *users: "str | Client") -> None:
        """Ask each user for a connection; each accepts with the first client."""
        for user in users:
            asked = _name(self._live, user)

            async def doing(session: Session, asked: str = asked) -> None:
                own, other = session.client(self.name), session.user(asked)
                await own.request_connection(other.uri)
                await session.settle()
                await other.clients[0].accept_connection(own.user)

            self._live.act(f"{self.name} connects with {asked}", doing)

    @checked("request connection")
    def request_connection(self, user: "str | Client") -> None:
        """Ask a user for a connection, and wait for an answer."""
        asked = _name(self._live, user)
        self._do(f"asks {asked} for a connection", lambda c, s: c.request_connection(s.user(asked).uri))

    @checked("accept connection")
    def accept_connection(self, user: "str | Client") -> None:
        """Accept the connection for which a user asked."""
        asker = _name(self._live, user)
        self._do(f"accepts {asker}'s connection", lambda c, s: c.accept_connection(s.user(asker).uri))

    @checked("create group")
    def create_group(self, name: str = "group") -> Group:
        """Create a group at the client's own provider; `name` is what the notebook calls it."""
        if not name.strip():
            raise SimulatorError("a group's name is not empty")
        uri = self._do(f"creates {name}", lambda c, _: c.perform(operations.CreateGroup()))
        self._live.cell_steps.name(name, Kind.group, uri)
        return Group(self._live, uri, name)

    @checked("add")
    def add(self, group: Group | str, *users: "str | Client") -> None:
        """Add users with all of their clients."""
        asked = _names(self._live, users)
        self._perform(group, f"adds {_and(asked)} to", lambda s, uri: operations.AddUsers(uri, _uris(s, asked)))

    @checked("remove")
    def remove(self, group: Group | str, *users: "str | Client") -> None:
        """Remove users with all of their clients."""
        asked = _names(self._live, users)
        self._perform(group, f"removes {_and(asked)} from", lambda s, uri: operations.RemoveUsers(uri, _uris(s, asked)))

    @checked("send")
    def send(self, group: Group | str, text: str) -> None:
        """Send an application message."""
        data = text.encode(errors="surrogatepass")
        self._perform(group, f'sends "{text}" to', lambda _, uri: operations.Send(uri, data))

    @checked("update")
    def update(self, group: Group | str) -> None:
        """Renew the client's keys in the group."""
        self._perform(group, "renews its keys in", lambda _, uri: operations.UpdateClient(uri))

    @checked("join")
    def join(self, group: Group | str) -> None:
        """Join a group that the client's user is in already, by an external commit."""
        self._perform(group, "joins", lambda _, uri: operations.ExternalJoin(uri))

    @checked("leave")
    def leave(self, group: Group | str, *, alone: bool = False) -> None:
        """Propose to leave: with the next commit of somebody else the client is out. Where a user leaves with all
        clients, `alone` leaves the others in.
        """
        self._perform(group, "leaves", lambda _, uri: operations.Leave(uri, alone))

    @checked("delete")
    def delete(self, group: Group | str) -> None:
        """Delete the group for everybody."""
        self._perform(group, "deletes", lambda _, uri: operations.DeleteGroup(uri))

    def offline(self) -> None:
        """Fetch nothing any more; what comes waits at the provider."""
        self._switch(False)

    def online(self) -> None:
        """Fetch what waits."""
        self._switch(True)

    @property
    @saying("looking at messages", needs="frames")
    def messages(self) -> "polars.DataFrame":
        """The application messages that the client has read: group, epoch, sender, text."""
        from simulator.extras import polars

        def look(session: Session) -> list[tuple[str, int, str, str]]:
            names = {client.uri: client.name for client in session.clients} | self._live.cell_steps.named(Kind.group)
            return [
                (
                    names.get(read.group, read.group),
                    read.epoch,
                    names.get(read.sender, read.sender),
                    read.data.decode(errors="replace"),
                )
                for read in session.client(self.name).inbox
            ]

        rows = self._live.look(look)
        columns = {"group": polars.String, "epoch": polars.Int64, "sender": polars.String, "text": polars.String}
        return polars.DataFrame(rows, schema=columns, orient="row")

    @property
    def events(self) -> tuple[Any, ...]:
        """What the client did and noticed (`simulator.clients.events.events`), oldest first."""
        return self._live.look(lambda session: tuple(session.client(self.name).events))

    def _perform(self, group: Group | str, doing: str, operation: Callable[[Session, str], Operation]) -> None:
        found = group_of(self._live, group)
        self._do(f"{doing} {found.name}", lambda client, session: client.perform(operation(session, found.uri)))

    def _do(self, what: str, doing: Callable[[MLSClient, Session], Awaitable[T]]) -> T:
        return self._live.act(f"{self.name} {what}", lambda session: doing(session.client(self.name), session))

    def _switch(self, on: bool) -> None:
        async def doing(session: Session) -> None:
            session.client(self.name).online = on

        self._live.act(f"{self.name} goes {'online' if on else 'offline'}", doing)


def group_of(live: LiveSession, group: Group | str) -> Group:
    """A group of a federation that runs, also by the name that a cell gave it. Raises SimulatorError for another's."""
    if isinstance(group, Group):
        if group._live is not live:
            raise SimulatorError(f"the group {group.name} is of another federation")
        if group._run != live.run:
            raise SimulatorError(f"the group {group.name} ended with the federation, which was started anew")
        return group
    groups = {known: uri for uri, known in live.cell_steps.named(Kind.group).items()}
    if group not in groups:
        raise SimulatorError(f"there is no group {group}{hint(group, groups)}")
    return Group(live, groups[group], group)


def _name(live: LiveSession, who: "str | Client") -> str:
    """A user's name; of a client's, the part that is its user's. Raises SimulatorError for another federation's."""
    if isinstance(who, Client) and who._live is not live:
        raise SimulatorError(f"the client {who.name} is of another federation")
    return who if isinstance(who, str) else who.name.partition(".")[0]


def _names(live: LiveSession, users: "Iterable[str | Client]") -> list[str]:
    """Raises SimulatorError also where there is none."""
    found = [_name(live, user) for user in users]
    if not found:
        raise SimulatorError("say which users")
    return found


def _uris(session: Session, users: Iterable[str]) -> tuple[str, ...]:
    return tuple(session.user(user).uri for user in users)


def _and(names: list[str]) -> str:
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last
