"""A provider that is in another process."""

from collections.abc import Sequence
from typing import Any, NoReturn, cast

from simulator.federation.processes.messages import PROVIDER, Elsewhere
from simulator.federation.processes.process import Process
from simulator.machine import MachineFailure
from simulator.provider import ClientAPI, FaultLog, Provider
from simulator.provider.service_executor import ServiceExecutor
from simulator.services.commands import FindUsers, SayConsent
from simulator.storage import UndeliveredReport


class Remote:
    """Something of a provider that is in another process, by the names that lead to it: `executor.store.groups`. To
    call it, or to take its length, is to look it up there; arguments and results are copies.
    """

    def __init__(self, process: Process, provider: str, *path: str) -> None:
        self._process = process
        self._provider = provider
        self._path = path

    def __getattr__(self, name: str) -> "Remote":
        return Remote(self._process, self._provider, *self._path, name)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._process.look((PROVIDER, self._provider), self._path, arguments, keywords)

    def __len__(self) -> int:
        length: int = self._process.look((PROVIDER, self._provider), (*self._path, "__len__"), ())
        return length


class RemoteClientAPI(ClientAPI):
    """What its users ask of it."""

    def __init__(self, process: Process, provider: str) -> None:
        self._process = process
        self._provider = provider

    @property
    def provider(self) -> str:
        return self._provider

    @property
    def provider_key(self) -> bytes | None:
        key: bytes | None = self._value("provider_key")
        return key

    def remove_client(self, client: str) -> None:
        self._look("remove_client", client)

    def remove_user(self, user: str) -> None:
        self._look("remove_user", user)

    def set_searchable(self, user: str, kinds: Sequence[str]) -> None:
        self._look("set_searchable", user, kinds)

    async def say_consent(self, command: SayConsent, *, key_packages: bool = False) -> None:
        await self._act("say_consent", command, key_packages=key_packages)

    async def find_users(self, command: FindUsers) -> tuple[str, ...]:
        users: tuple[str, ...] = await self._act("find_users", command)
        return users

    def __getattr__(self, name: str) -> NoReturn:
        raise Elsewhere(f"{self._provider} is in another process: its client_api.{name} can't be had from here")

    def _look(self, name: str, *arguments: Any) -> Any:
        return self._process.look((PROVIDER, self._provider), ("client_api", name), arguments)

    def _value(self, name: str) -> Any:
        return self._process.look((PROVIDER, self._provider), ("client_api", name))

    async def _act(self, name: str, *arguments: Any, **keywords: Any) -> Any:
        return await self._process.act((PROVIDER, self._provider), ("client_api", name), *arguments, **keywords)


class RemoteProvider(Provider):
    """Can be stopped and started, and looked into.

    Raises MachineFailure where its process is gone, and Elsewhere for what is not here.
    """

    def __init__(self, name: str, service_host: str, process: Process) -> None:
        self.name = name
        self.service_host = service_host
        self.faults = FaultLog()
        self.process = process
        """The one that it is in."""
        self.executor = cast("ServiceExecutor", Remote(process, name, "executor"))
        self.client_api = RemoteClientAPI(process, name)

    def __getattr__(self, name: str) -> NoReturn:
        raise Elsewhere(f"{self.name} is in another process: its {name} can't be had from here")

    @property
    def is_up(self) -> bool:
        try:
            return bool(self._value("is_up"))
        except MachineFailure:
            return False

    async def start(self) -> None:
        await self._act("start")

    async def stop(self) -> None:
        await self._act("stop")

    async def crash(self) -> None:
        await self._act("crash")

    def queued(self, client: str) -> int:
        return int(self._look("queued", client))

    def remaining_key_packages(self, client: str, kind: str) -> int:
        return int(self._look("remaining_key_packages", client, kind))

    @property
    def undelivered(self) -> tuple[UndeliveredReport, ...]:
        found: tuple[UndeliveredReport, ...] = self._value("undelivered")
        return found

    def fingerprint(self) -> str:
        return str(self._look("fingerprint"))

    def own_rows(self) -> dict[str, frozenset[bytes]]:
        rows: dict[str, frozenset[bytes]] = self._look("own_rows")
        return rows

    def lasting_rows(self) -> dict[str, frozenset[bytes]]:
        rows: dict[str, frozenset[bytes]] = self._look("lasting_rows")
        return rows

    async def _act(self, name: str) -> None:
        await self.process.act((PROVIDER, self.name), (name,))

    def _look(self, name: str, *arguments: Any) -> Any:
        return self.process.look((PROVIDER, self.name), (name,), arguments)

    def _value(self, name: str) -> Any:
        return self.process.look((PROVIDER, self.name), (name,))
