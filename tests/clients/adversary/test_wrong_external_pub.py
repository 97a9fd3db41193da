"""Nobody notices until somebody joins by external commit; then all others have to follow the joiner."""

from simulator.clients.adversary import WrongExternalPub
from simulator.clients.events.events import EpochChanged, Recovered, Rejected
from simulator.clients.operations import ExternalJoin
from simulator.federation import Session
from tests.clients.agreement import members


async def test_the_next_joiner_draws_everybody_after_it(session: Session, trio_group: str) -> None:
    alice, bob, carol = (session.client(name) for name in ("alice.phone", "bob", "carol"))
    await alice.perform(WrongExternalPub(trio_group))
    await session.settle()
    assert bob.events[-1] == EpochChanged(trio_group, 2, alice.uri, (), ())
    await session.client("alice.laptop").perform(ExternalJoin(trio_group))
    await session.settle()
    for victim in (alice, bob, carol):
        refused = next(event for event in victim.events if isinstance(event, Rejected))
        assert refused.rule == "invalid_confirmation_tag"
        assert any(isinstance(event, Recovered) for event in victim.events)
    assert members(session, trio_group) == ["alice/phone", "bob/phone", "carol/phone", "alice/laptop"]
