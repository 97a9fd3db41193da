"""A client that is in another process."""

from collections.abc import Mapping
from typing import Any, NoReturn

from simulator.clients import Client
from simulator.clients.events.event_log import EventLog
from simulator.clients.events.events import Event
from simulator.clients.operations import Operation
from simulator.drafts.mls_profile import REGULAR
from simulator.federation.processes.messages import CLIENT, Elsewhere, News
from simulator.federation.processes.process import Process
from simulator.mls.group import Group
from simulator.mls.public_group import PublicGroup
from simulator.services.names import parse_client


class CopiedLog(EventLog):
    """A copy of a client's event log, as of what was done last with that client."""

    def catch_up(self, news: News) -> None:
        """Add what is new."""
        missing = news.total - self.total
        self.forgotten += max(0, missing - len(news.events))  # more than the client itself has kept
        for event in news.events[-missing:] if missing > 0 else ():
            self.append(event)
        self._messages = max(self._messages, news.messages)


class RemoteClient(Client):
    """What a scenario or a program wants of a client is done by it, there; what it has comes as a copy.

    Raises MachineFailure where its process is gone, and Elsewhere for what is not here.
    """

    def __init__(self, name: str, uri: str, process: Process) -> None:
        self.name = name
        self._copied = self.events = CopiedLog()
        self._uri = uri
        self._process = process
        self._is_online = True
        self._groups: Mapping[str, Group] | None = None

    def __getattr__(self, name: str) -> NoReturn:
        raise Elsewhere(f"{self.name} is in another process: its {name} can't be had from here")

    def is_in(self, process: Process) -> bool:
        """Whether that is where it is."""
        return self._process is process

    def forget_groups(self) -> None:
        """Its groups may be others now."""
        self._groups = None

    def hear(self, news: News) -> None:
        """It has noticed something."""
        self._copied.catch_up(news)
        self._groups = None

    @property
    def uri(self) -> str:
        return self._uri

    @property
    def user(self) -> str:
        return parse_client(self._uri).user

    @property
    def online(self) -> bool:
        return self._is_online

    @online.setter
    def online(self, online: bool) -> None:
        self._is_online = online
        self._look("__setattr__", "online", online)

    @property
    def groups(self) -> Mapping[str, Group]:
        """Copies, as of what was done last with this client."""
        if self._groups is None:
            found: Mapping[str, Group] = self._value("groups")
            self._groups = found
        return self._groups

    @property
    def connection_requests(self) -> tuple[str, ...]:
        found: tuple[str, ...] = self._value("connection_requests")
        return found

    @property
    def consent_requests(self) -> tuple[str, ...]:
        found: tuple[str, ...] = self._value("consent_requests")
        return found

    @property
    def unopened(self) -> tuple[str, ...]:
        found: tuple[str, ...] = self._value("unopened")
        return found

    @property
    def unsure_of(self) -> tuple[str, ...]:
        found: tuple[str, ...] = self._value("unsure_of")
        return found

    def ended(self, group: str) -> tuple[PublicGroup, ...]:
        found: tuple[PublicGroup, ...] = self._process.look((CLIENT, self._uri), ("ended",), (group,))
        return found

    def publish(self, count: int, kind: str = REGULAR, *, last_resort: bool) -> None:
        self._look("publish", count, kind, last_resort=last_resort)

    def replenish(self) -> None:
        self._look("replenish")

    async def perform(self, operation: Operation) -> str:
        group: str = await self._act("perform", operation)
        return group

    async def request_connection(self, user: str) -> str | None:
        group: str | None = await self._act("request_connection", user)
        return group

    async def accept_connection(self, user: str, *, key_packages: bool = False) -> str | None:
        group: str | None = await self._act("accept_connection", user, key_packages=key_packages)
        return group

    async def accept_request(self, group: str) -> str:
        user: str = await self._act("accept_request", group)
        return user

    def ignore_request(self, group: str) -> None:
        self._look("ignore_request", group)

    def ignore_connection(self, user: str, group: str | None = None) -> None:
        self._look("ignore_connection", user, group)

    def lose_state(self, group: str) -> None:
        self._look("lose_state", group)

    async def sync(self) -> tuple[Event, ...]:
        noticed: tuple[Event, ...] = await self._act("sync")
        return noticed

    async def _act(self, name: str, *arguments: Any, **keywords: Any) -> Any:
        try:
            return await self._process.act(
                (CLIENT, self._uri), (name,), *arguments, known=self.events.total, **keywords
            )
        finally:
            self._groups = None

    def _look(self, name: str, *arguments: Any, **keywords: Any) -> Any:
        self._groups = None
        return self._process.look((CLIENT, self._uri), (name,), arguments, keywords, known=self.events.total)

    def _value(self, name: str) -> Any:
        return self._process.look((CLIENT, self._uri), (name,), known=self.events.total)
