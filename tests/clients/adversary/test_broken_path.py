"""Only the victim can tell, and only the victim has to rejoin."""

from simulator.clients.adversary import BrokenPath
from simulator.clients.events.events import EpochChanged, Recovered, Rejected
from simulator.federation import Session
from tests.clients.agreement import members


async def test_the_victim_refuses_and_rejoins(session: Session, trio_group: str) -> None:
    alice, bob, carol = (session.client(name) for name in ("alice.phone", "bob", "carol"))
    await alice.perform(BrokenPath(trio_group, (carol.uri,)))
    await session.settle()
    assert EpochChanged(trio_group, 2, alice.uri, (), ()) in bob.events
    (refused,) = [event for event in carol.events if isinstance(event, Rejected)]
    assert refused.rule == "aead"
    assert carol.events[-1] == Recovered(trio_group, 3)
    assert bob.events[-1] == EpochChanged(trio_group, 3, carol.uri, (carol.uri,), (carol.uri,))
    assert members(session, trio_group) == ["alice/phone", "bob/phone", "carol/phone"]
