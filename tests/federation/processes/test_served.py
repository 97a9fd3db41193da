"""What a process does with its share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simulator.federation import ProviderSpec, Session, Topology, UnknownName, open_session
from simulator.federation.processes.messages import CLIENT, PROVIDER, SHARE, Fault
from simulator.federation.processes.served import ServedShare, news
from simulator.machine import MachineFailure
from simulator.net import Address
from simulator.net.faults import DropRequest, RequestMatch
from tests.federated import NOW, connected, federation


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    async with federation() as running:
        yield running


async def test_who_is_meant(session: Session) -> None:
    served = ServedShare(session, lambda _: None)
    assert served.find((CLIENT, "mimi://a.example/d/alice/phone")) is session.client("alice")
    assert served.find((PROVIDER, "b.example")) is session.provider("b")
    assert served.find((SHARE, "")) is served
    with pytest.raises(UnknownName):
        served.find((PROVIDER, "z.example"))


async def test_addresses(session: Session) -> None:
    served = ServedShare(session, lambda _: None)
    own = served.addresses()
    assert list(own)[:2] == ["a.example", "ds.a.example"]
    served.meet({"a.example": Address("127.0.0.1", 1), "z.example": Address("127.0.0.1", 2)})
    assert session.network.lookup("a.example") == own["a.example"]
    assert session.network.lookup("z.example") == Address("127.0.0.1", 2)


async def test_queues_and_news(session: Session) -> None:
    served = ServedShare(session, lambda _: None)
    await session.client("alice").request_connection(session.user("bob").uri)
    await session.rest()
    known = [client.events.total for client in session.clients]
    found, noticed = await served.read_queues(known)
    assert found
    assert list(noticed) == ["mimi://b.example/d/bob/phone"]
    assert [type(event).__name__ for event in noticed["mimi://b.example/d/bob/phone"].events] == ["ConnectionRequested"]
    assert await served.read_queues([client.events.total for client in session.clients]) == (False, {})
    assert news(session.client("bob"), 0).total == 1


async def test_the_processor_is_counted(session: Session) -> None:
    served = ServedShare(session, lambda _: None)
    before = served.processor_seconds()
    sum(range(100_000))
    assert served.processor_seconds() > before


async def test_work_is_counted(session: Session) -> None:
    served = ServedShare(session, lambda _: None)
    still = await served.counts()
    assert (still.working, still.resting) == (0, 0)
    with session.work_tracker.working():
        assert ((await served.counts()).working, (await served.counts()).changes) == (1, still.changes + 1)


async def test_what_is_recorded_is_told_once(session: Session) -> None:
    served = ServedShare(session, lambda _: None)
    served.enter("3 connect", 3)
    await connected(session, ("alice", "bob"))
    first = served.recorded()
    assert {event.step for event in first.events} == {"3 connect", None}  # None: before
    assert served.recorded().events == ()


async def test_faults_of_the_network(session: Session) -> None:
    served = ServedShare(session, lambda _: None)
    served.inject(1, DropRequest(where=RequestMatch(sender="a.example")))
    assert len(session.network.faults) == 1
    served.remove(1)
    served.remove(1)
    assert len(session.network.faults) == 0


async def test_time_and_rules(session: Session) -> None:
    served = ServedShare(session, lambda _: None)
    served.advance(60)
    assert session.now == NOW + 60
    served.waive(["X"], ["b.example"])
    assert [provider.settings.waived for provider in session.providers] == [set(), {"X"}, set()]


async def test_failures_are_told_with_whose_they_are(tmp_path: Path) -> None:
    at_one_host = Topology(
        tuple(ProviderSpec(name, service_host="host.example") for name in ("a.example", "b.example")), key_packages=1
    )
    async with open_session(at_one_host, seed=1, now=NOW) as session:
        told: list[Fault] = []
        session.provider("a").faults.append(MachineFailure("before"))
        ServedShare(session, told.append)
        session.provider("b").faults.append(MachineFailure("later"))
        session.shared_hosts[0].faults.append(MachineFailure("the host"))
        assert [(each.provider, str(each.failure.error())) for each in told] == [
            ("a.example", "before"),
            ("b.example", "later"),
            ("a.example", "the host"),
        ]
