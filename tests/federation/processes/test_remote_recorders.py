"""What other processes record is merged when somebody reads, or goes on."""

from simulator.trace import Connected, Exchange, Recorder
from tests.federated import connected
from tests.federation.processes.conftest import Spread


async def test_steps_and_connections(spread: Spread) -> None:
    recorder = Recorder(wire=True)
    async with spread(recorder=recorder) as session:
        recorder.enter("1 connect", 1)
        await connected(session, ("alice", "carol"), ("carol", "bob"))
        seen = recorder.exchanges
        assert {exchange.sender for exchange in seen} == {"a.example", "b.example", "c.example"}
        assert {exchange.step for exchange in seen} == {"1 connect"}
        recorder.enter("2 connect", 2)
        await connected(session, ("alice", "bob"))
    events = recorder.events
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    last = max(event.number for event in events if event.step_number == 1)
    assert all(event.number > last for event in events if event.step_number == 2)
    numbers = [event.connection for event in events if isinstance(event, Connected)]
    assert len(numbers) == len(set(numbers)) > 0
    assert {each.connection for each in events if isinstance(each, Exchange)} <= set(numbers)
