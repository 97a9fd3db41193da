"""The local interface of a provider in another process, for clients that are in this one."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from simulator.drafts.requests.endpoint import Outgoing
from simulator.federation.processes.process import Process
from simulator.federation.processes.remote_provider import RemoteClientAPI
from simulator.machine import MachineFailure
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.long_work import Steps
from simulator.net import TransportError
from simulator.provider import WorkTracker
from simulator.provider.client_api import done_in_steps
from simulator.services.asker import AsClient
from simulator.services.commands import FetchKeyPackages, SayConsent
from simulator.services.results import Result
from simulator.services.signing import Sign
from simulator.storage import QueuedMessage

T = TypeVar("T")


class RemoteHome(RemoteClientAPI):
    """All that clients ask of their own provider, asked there; arguments and results are copies."""

    def __init__(self, process: Process, provider: str, work_tracker: WorkTracker) -> None:
        super().__init__(process, provider)
        self._work_tracker = work_tracker
        self._watches: dict[object, Callable[[], None]] = {}

    def watch(self, key: object, heard: Callable[[], None] | None) -> None:
        """Call this with each request from now on, or what was there under the key no longer."""
        self._watches.pop(key, None)
        if heard is not None:
            self._watches[key] = heard

    def register(self, user: str, client: str, suite: int, signature_key: bytes) -> None:
        self._look("register", user, client, suite, signature_key)

    def publish(self, client: str, published: Sequence[KeyPackage]) -> None:
        self._request("publish", client, tuple(published))

    def key_packages_left(self, client: str, kind: str) -> tuple[int, bool]:
        left: tuple[int, bool] = self._look("key_packages_left", client, kind)
        return left

    def consent_requests(self, user: str) -> tuple[SayConsent, ...]:
        found: tuple[SayConsent, ...] = self._look("consent_requests", user)
        return found

    def drop_consent_request(self, request: SayConsent) -> None:
        self._look("drop_consent_request", request)

    def may_have(self, client: str) -> bool:
        try:
            return bool(self._look("may_have", client))
        except (TransportError, MachineFailure):  # `fetch` will tell
            return True

    def fetch(self, client: str) -> tuple[QueuedMessage, ...]:
        found: tuple[QueuedMessage, ...] = self._request("fetch", client)
        return found

    def acknowledge(self, client: str, number: int) -> None:
        self._request("acknowledge", client, number)

    def left(self, client: str, group: str) -> None:
        self._look("left", client, group)

    async def submit(self, outgoing: Outgoing) -> Result:
        result: Result = await self._act("submit", outgoing)
        return result

    async def key_packages(
        self, command: FetchKeyPackages, client: AsClient | None = None, sign: Sign | None = None
    ) -> tuple[KeyPackage, ...]:
        found: tuple[KeyPackage, ...] = await self._act("key_packages", command, client, sign)
        return found

    async def in_steps(self, steps: Steps[T]) -> T:
        return await done_in_steps(steps, self._work_tracker)

    @property
    def hub_keys(self) -> tuple[bytes, ...]:
        keys: tuple[bytes, ...] = self._value("hub_keys")
        return keys

    async def _act(self, name: str, *arguments: Any, **keywords: Any) -> Any:
        self._tell()
        return await super()._act(name, *arguments, **keywords)

    def _request(self, name: str, *arguments: Any) -> Any:
        self._tell()
        return self._look(name, *arguments)

    def _tell(self) -> None:
        for heard in tuple(self._watches.values()):
            heard()
