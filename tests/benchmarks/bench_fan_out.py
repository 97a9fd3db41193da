"""Does a slow guest delay the others? One message to twenty guest providers, of which three never answer.

    python -m tests.benchmarks.bench_fan_out

Measured is how long it takes until the seventeen others have the message in their queues, in three federations that
take turns: all twenty are well, three of them take requests and keep silent, or those three do not exist. Half a minute
in all.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from statistics import median

import trio

from simulator.clients.operations import AddUsers, CreateGroup, Send
from simulator.federation import ProviderSpec, Session, Topology, open_session
from simulator.net import HTTPReply, HTTPRequest, Server, listening_socket, serve
from simulator.provider import Failpoint
from simulator.services.commands import SayConsent
from simulator.storage import ConsentWord

GUESTS = tuple(f"g{number:02}.example" for number in range(1, 21))
HANGING = (GUESTS[0], GUESTS[9], GUESTS[19])
"""Three of them, first, last and in the midst."""
WELL = tuple(name for name in GUESTS if name not in HANGING)
ROUNDS = 20
NOW = 1_700_000_000


@dataclass
class Watch:
    """Who has committed a message that is waited for."""

    waited_for: set[str] = field(default_factory=set)
    done: trio.Event = field(default_factory=trio.Event)

    def reached(self, provider: str, point: Failpoint, operation: str) -> bool:
        if point is Failpoint.COMMITTED and operation == "deliver_message":
            self.waited_for.discard(provider)
            if not self.waited_for:
                self.done.set()
        return False

    def expect(self, providers: Sequence[str]) -> None:
        self.waited_for, self.done = set(providers), trio.Event()


@asynccontextmanager
async def team(names: Sequence[str], hanging: Sequence[str] = ()) -> AsyncIterator[tuple[Session, str, Watch]]:
    """A group of alice with a user at each guest provider; the hanging ones do so from now on."""
    guests = tuple(ProviderSpec(name, {"user": ("phone",)}) for name in names)
    topology = Topology((ProviderSpec("a.example", {"alice": ("phone",)}), *guests), key_packages=1)
    async with open_session(topology, seed=1, now=NOW) as session:
        alice, watch = session.client("alice"), Watch()
        users = [session.user(f"user@{name}") for name in names]
        for user in users:
            await user.provider.client_api.say_consent(SayConsent(alice.user, user.uri, ConsentWord.granted))
            user.provider.failpoints.crashes = partial(watch.reached, user.provider.name)
        group = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(group, tuple(user.uri for user in users)))
        await session.settle()
        async with trio.open_nursery() as nursery:
            for name in hanging:
                await hang(session, name, nursery)
            yield session, group, watch
            nursery.cancel_scope.cancel()


async def hang(session: Session, name: str, nursery: trio.Nursery) -> None:
    """Put a server in a provider's place that takes every request and never answers."""

    async def silent(_: HTTPRequest) -> HTTPReply:
        await trio.sleep_forever()

    context = session.authority.server_context(session.provider(name).identity)

    async def run(*, task_status: trio.TaskStatus[Server]) -> None:
        ready = [listening_socket()]
        await serve(ready, context, silent, name=name, report=lambda _: None, task_status=task_status)

    server: Server = await nursery.start(run)
    for host in (name, session.provider(name).service_host):
        session.network.bind(host, server.addresses[0])


async def fan_out(session: Session, group: str, watch: Watch) -> float:
    """Seconds from a message to the last of the seventeen that has it."""
    watch.expect(WELL)
    started = trio.current_time()
    await session.client("alice").perform(Send(group, b"hello"))
    await watch.done.wait()
    return trio.current_time() - started


async def main() -> None:
    async with team(GUESTS) as all_well, team(GUESTS, HANGING) as three_hang, team(WELL) as alone:
        federations = {"all twenty are well": all_well, "three of them hang": three_hang, "seventeen alone": alone}
        seconds: dict[str, list[float]] = {name: [] for name in federations}
        for _ in range(ROUNDS):
            for name, (session, group, watch) in federations.items():
                seconds[name].append(await fan_out(session, group, watch))
        for name, taken in seconds.items():
            ratio = median(seconds["three of them hang"]) / median(taken)
            print(f"{name:>20}: median {median(taken) * 1000:6.1f} ms, slowest {max(taken) * 1000:6.1f} ms", end="")
            print("" if name == "three of them hang" else f"; with three that hang x{ratio:.2f}")
        store = three_hang[0].provider("a").executor.store
        print(f"of {ROUNDS} messages wait for the three: {[store.outbox.backlog(name)[0] for name in HANGING]}")


if __name__ == "__main__":
    trio.run(main)
