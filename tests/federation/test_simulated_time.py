"""Simulated time in a real federation: HTTPS over loopback, and exact times."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from simulator.clients.operations import AddUsers, CreateGroup, Send, UpdateClient
from simulator.federation import Session, open_session
from simulator.federation.simulated_time import SimulatedTime
from simulator.net.clock import NANOSECONDS
from simulator.net.faults import DropRequest, Hold, RequestMatch
from simulator.net.links import Link, NetworkModel
from simulator.services.refusal import Refusal
from simulator.trace import ProtocolEvent
from tests.federated import NOW, connected, topology

MS = NANOSECONDS // 1000
LINKS = NetworkModel(Link(latency=40 * MS), {("a.example", "c.example"): Link(latency=10 * MS)})
"""40 ms everywhere, but 10 ms from the hub to Carol's provider."""


class Timed:
    """A session in simulated time, with a group of three."""

    def __init__(self, session: Session) -> None:
        assert session.simulated_time is not None
        self.session = session
        self.time: SimulatedTime = session.simulated_time
        self.team = ""

    async def prepare(self) -> None:
        alice = self.session.client("alice")
        await connected(self.session, ("alice", "bob"), ("alice", "carol"))
        self.team = await self.time.act(alice.perform(CreateGroup()))
        users = tuple(self.session.user(name).uri for name in ("bob", "carol"))
        await self.time.act(alice.perform(AddUsers(self.team, users)))
        await self.session.settle()

    async def say(self, name: str, data: bytes) -> int:
        """Send and settle; when that began, in nanoseconds since the run did."""
        began = self.now
        await self.time.act(self.session.client(name).perform(Send(self.team, data)))
        await self.session.settle()
        return began

    @property
    def now(self) -> int:
        links = self.session.network.links
        assert links is not None
        return links.elapsed()

    def readings(self, began: int) -> dict[str, int]:
        """When clients have read something, in nanoseconds from then on."""
        return {
            event.name: round((event.simulated or 0) * NANOSECONDS) - began
            for event in self.session.recorder.events
            if isinstance(event, ProtocolEvent) and event.kind == "Received"
        }


@asynccontextmanager
async def timed(model: NetworkModel = LINKS, *, seed: int = 1) -> AsyncIterator[Timed]:
    async with open_session(topology(), seed=seed, now=NOW, links=model) as session:
        running = Timed(session)
        await running.prepare()
        yield running
        assert session.faults == ()


async def test_a_message_is_read_when_it_arrives() -> None:
    async with timed() as running:
        began = await running.say("bob", b"hello")
        assert running.readings(began) == {"alice.phone": 40 * MS, "carol.phone": 50 * MS}
        assert running.now - began == 90 * MS, "the last answer has come back"
        asked = running.session.recorder.exchanges[-2:]
        assert [round((each.simulated_seconds or 0) * 1000) for each in asked] == [80, 50]
        assert [round((each.simulated or 0) * NANOSECONDS) - began for each in asked] == [0, 40 * MS]


async def test_protocol_time_is_its_whole_seconds() -> None:
    async with timed() as running:
        before = running.now
        while running.now < before + NANOSECONDS:
            await running.say("bob", b"hello")
        assert running.session.now == NOW + running.now // NANOSECONDS


async def test_who_acts_later_has_read_what_came_before() -> None:
    async with timed() as running:
        refused: list[str] = []

        async def update(name: str) -> None:
            try:
                await running.session.client(name).perform(UpdateClient(running.team))
            except Refusal as refusal:
                refused.append(f"{name} {refusal.code}")

        both = [(0, partial(update, "bob")), (49 * MS, partial(update, "carol"))]
        await running.time.side_by_side(both)
        await running.session.settle()
        assert refused == ["carol wrong_epoch"], "Bob's commit is at Carol's provider after 50 ms"
        both = [(0, partial(update, "bob")), (50 * MS, partial(update, "carol"))]
        await running.time.side_by_side(both)
        assert len(refused) == 2, "of one instant, what was asked for first comes first"
        await running.session.settle()
        both = [(0, partial(update, "bob")), (51 * MS, partial(update, "carol"))]
        await running.time.side_by_side(both)
        assert len(refused) == 2


async def test_what_falls_due_while_time_passes_happens_at_its_own_time() -> None:
    async with timed() as running:
        first = RequestMatch(sender="a.example", recipient="c.example", times=1)
        with running.session.inject(DropRequest(where=first)):
            began = await running.say("alice", b"again")
            assert "carol.phone" not in running.readings(began)
            await running.session.pass_time(60)
        second = -(-began // NANOSECONDS) * NANOSECONDS - began
        assert running.readings(began)["carol.phone"] == second + 10 * MS, "the hub tries again with the next second"
        assert running.now - began == 60 * NANOSECONDS + 80 * MS


async def test_what_a_fault_holds_up_is_not_waited_for() -> None:
    async with timed() as running:
        held = running.session.inject(Hold(where=RequestMatch(sender="a.example", recipient="c.example")))
        began = await running.say("bob", b"held")
        assert set(running.readings(began)) == {"alice.phone"}
        held.remove()
        await running.session.settle()
        assert running.readings(began)["carol.phone"] == 80 * MS + 10 * MS


async def test_who_is_in_the_midst_of_something_reads_when_it_is_done() -> None:
    async with timed() as running:
        with running.session.client("carol").occupied():
            began = await running.say("bob", b"later")
            assert set(running.readings(began)) == {"alice.phone"}
        await running.session.settle()
        assert running.readings(began)["carol.phone"] == 90 * MS


async def test_the_same_seed_gives_the_same_times() -> None:
    rough = NetworkModel(Link(latency=40 * MS, jitter=20 * MS, loss=0.1, bandwidth=500_000))

    async def times(seed: int) -> list[tuple[str, float | None, float | None]]:
        async with timed(rough, seed=seed) as running:

            async def talk(name: str) -> None:
                await running.session.client(name).perform(Send(running.team, b"x"))

            await running.time.side_by_side([(0, partial(talk, name)) for name in ("bob", "carol", "alice")])
            await running.session.settle()
            exchanges = running.session.recorder.exchanges
            return sorted((each.url, each.simulated, each.simulated_seconds) for each in exchanges)

    assert await times(1) == await times(1) != await times(2)
