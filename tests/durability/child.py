"""A whole federation in a process that may be killed, and goes on from its files when it is started again.

    python -m tests.durability.child DIRECTORY KILL_AT paying|free DRAFT

Providers keep their state in databases. The clients here live in the same process, so they have to keep theirs, too: as
a real client does, before it sends a request and before it acknowledges a message. What time it is outlives the
process: no life begins earlier than the one before has ended. The process kills itself with SIGKILL when its providers
have passed KILL_AT failpoints. At the story's end it prints what was accepted.

A SIGKILL shows what the fault `crash_at` can't, which drops a provider and opens its store again in the same process:
that files are whole which nobody has closed (the write-ahead log is left as it was), and that nothing outside of the
provider's own memory brings it back. It does not show what a power failure does: the system still has what was written.
"""

import io
import json
import os
import pickle
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from pkgutil import resolve_name
from typing import IO, Any

import trio

from simulator.clients import Client, ClientState
from simulator.drafts.draft import Draft
from simulator.drafts.requests.endpoint import Endpoint, Outgoing
from simulator.federation import Session, User, open_session
from simulator.mls.crypto import CipherSuite, cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.provider import Failpoint, Provider
from simulator.services import names
from simulator.services.results import Result
from tests.durability import tokens
from tests.durability.story import USERS, Story, Teller, stock, topology
from tests.federated import NOW

SUITE = cipher_suite(1)


@dataclass
class State:
    """All that a restart of the process has to bring back besides the databases."""

    clients: list[Client]
    story: Story


class KeepingHome:
    """A client's home, before whose use the client is kept."""

    def __init__(self, provider: Provider, keep: Callable[[], None]) -> None:
        self.name = provider.name
        self._client_api = provider.client_api
        self._keep = keep

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client_api, name)

    async def submit(self, outgoing: Outgoing) -> Result:
        self._keep()
        return await self._client_api.submit(outgoing)

    def acknowledge(self, client: str, number: int) -> None:
        self._keep()
        self._client_api.acknowledge(client, number)


class Keeper:
    """Writes the state to a file, whole or not at all, and reads it; what belongs to the session stays outside."""

    def __init__(self, session: Session, path: Path, life: int) -> None:
        self._session = session
        self._path = path
        self._life = life
        self._homes = {p.name: KeepingHome(p, self.keep) for p in session.providers}
        self.state: State | None = None

    def now(self) -> int:
        """What clients call now."""
        return self._session.now

    def home(self, provider: str) -> KeepingHome:
        """The home of a provider's clients."""
        return self._homes[provider]

    def keep(self) -> None:
        """Write everything down."""
        if self.state is None:
            return
        buffer = io.BytesIO()
        pickle.dump(self._life, buffer)
        _Pickler(buffer, self).dump(self.state)
        fresh = self._path.with_suffix(".new")
        fresh.write_bytes(buffer.getvalue())
        fresh.replace(self._path)

    def bring_back(self) -> State:
        """What was written down last."""
        with self._path.open("rb") as file:
            pickle.load(file)
            state: State = _Unpickler(file, self).load()
        return state

    def outside(self, name: tuple[str, str]) -> object:
        """What a name in the file stands for."""
        kind, key = name
        if kind == "home":
            return self._homes[key]
        if kind == "endpoint":
            return resolve_name(key)
        draft = self._session.draft
        return {"draft": draft, "now": self.now, "suite": SUITE, "components": draft.mls.components}[kind]

    def is_of_draft(self, value: object) -> bool:
        """Whether it is what the draft's groups have as their components."""
        return value is self._session.draft.mls.components


@cache
def place(endpoint: Endpoint) -> str:
    """Where an endpoint is to be found: local ones are not in their draft's table."""
    modules = [(name, module) for name, module in sys.modules.items() if name.startswith("simulator.drafts.")]
    return next(f"{name}:{own}" for name, module in modules for own, each in vars(module).items() if each is endpoint)


class _Pickler(pickle.Pickler):
    def __init__(self, file: IO[bytes], keeper: Keeper) -> None:
        super().__init__(file)
        self._keeper = keeper

    def persistent_id(self, value: object) -> tuple[str, str] | None:
        if isinstance(value, KeepingHome):
            return "home", value.name
        if isinstance(value, Endpoint):
            return "endpoint", place(value)
        if isinstance(value, Draft):
            return "draft", ""
        if self._keeper.is_of_draft(value):
            return "components", ""
        if isinstance(value, CipherSuite):
            return "suite", ""
        return ("now", "") if value == self._keeper.now else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: IO[bytes], keeper: Keeper) -> None:
        super().__init__(file)
        self._keeper = keeper

    def persistent_load(self, name: tuple[str, str]) -> object:
        return self._keeper.outside(name)


def new_clients(session: Session, keeper: Keeper, stocked: int) -> list[Client]:
    """The story's clients, registered, with KeyPackages in stock."""
    clients = []
    for provider in session.providers:
        for user, devices in USERS[provider.name].items():
            for device in devices:
                uri = names.client(provider.name, user, device)
                rand = SeededRand(1, uri)
                state = ClientState.open(uri, keeper.home(provider.name), session.draft, SUITE, rand, keeper.now)
                provider.client_api.register(state.user, uri, SUITE.value, state.identity.signature_public_key)
                client = Client(state, f"{user}.{device}")
                for kind in session.draft.mls.kinds:
                    client.publish(stocked, kind=kind, last_resort=session.draft.mls.last_resort)
                clients.append(client)
    return clients


def at_home(session: Session, clients: list[Client]) -> tuple[User, ...]:
    """The clients as the session's users."""
    found = []
    for provider in session.providers:
        for user in USERS[provider.name]:
            uri = names.user(provider.name, user)
            own = tuple(client for client in clients if client.user == uri)
            found.append(User(user, uri, provider, own, USERS[provider.name][user]))
    return tuple(found)


def kill_at(count: int, session: Session, wall: Path) -> None:
    """Let the process end, without any ado, when so many failpoints have been passed.

    `wall` is the file that says what time it is then.
    """
    passed = 0

    def reached(point: Failpoint, operation: str) -> bool:
        nonlocal passed
        passed += 1
        if passed == count:
            wall.write_text(str(session.now))
            print(point.name, operation, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        return False

    for provider in session.providers:
        provider.failpoints.crashes = reached


async def main(directory: Path, kill: int, paying: bool, draft: str) -> None:
    """Begin the story, or go on with it; `paying` for lookups with tokens."""
    path, wall = directory / "clients", directory / "time"
    now = int(wall.read_text()) if wall.exists() else NOW
    life = 1
    if path.exists():
        with path.open("rb") as file:
            life += pickle.load(file)
    # Its life is a provider's seed: whoever starts again must not draw the same random bytes again.
    federation = topology(str(directory), with_users=False, paying=paying, draft=draft)
    async with open_session(federation, seed=life, now=now) as session:
        keeper = Keeper(session, path, life)
        if life > 1:
            state = keeper.bring_back()
            for client in state.clients:
                client.resume()
        else:
            state = State(new_clients(session, keeper, stock(session.draft, paying=paying)), Story())
        keeper.state = state
        keeper.keep()
        session.everybody = at_home(session, state.clients)
        kill_at(kill, session, wall)
        teller = Teller(session, state.story)
        await teller.tell()
        teller.check()
        paid = tokens.check(session) if paying else 0
        said = state.story.said
        print(json.dumps([state.story.accepted, len(said), sum(len(one.readers) for one in said), paid]))


if __name__ == "__main__":
    trio.run(main, Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "paying", sys.argv[4])
