"""A provider that has a process of its own, which can be killed. Its clients are here."""

from collections.abc import Callable

from simulator.federation.processes.remote_home import RemoteHome
from simulator.federation.processes.remote_provider import RemoteProvider
from simulator.federation.processes.restartable_process import RestartableProcess
from simulator.net.faults import NoOwnProcess
from simulator.provider import Settings, WorkTracker


class KillableProvider(RemoteProvider):
    """The machine that the fault `kill` is for. What it kills comes back with the provider's file."""

    def __init__(self, settings: Settings, process: RestartableProcess, work_tracker: WorkTracker) -> None:
        super().__init__(settings.name, settings.service_host, process)
        self.settings = settings
        self._home = self.client_api = RemoteHome(process, settings.name, work_tracker)
        self._restartable = process

    def watch_requests(self, key: object, heard: Callable[[], None] | None) -> None:
        self._home.watch(key, heard)

    def check_killable(self) -> None:
        """Raises NoOwnProcess where nothing would be left of it."""
        if self.settings.database is None:
            raise NoOwnProcess(
                f'{self.name} keeps its state in memory, and a kill leaves nothing of that: "store: file"'
            )

    def kill(self, after: float, ahead: int, killed: Callable[[], None]) -> None:
        self._restartable.strike(after, ahead, killed)

    def skew(self, seconds: int) -> None:
        self._restartable.put_right(seconds)

    def rand(self, purpose: str, n: int) -> bytes:
        return bytes(self._look("rand", purpose, n))
