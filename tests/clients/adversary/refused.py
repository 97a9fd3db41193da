"""What members do about a commit that their provider accepts and they can't."""

from simulator.clients.events.events import FellBehind, Recovered, Rejected
from simulator.clients.operations import Operation, Send
from simulator.federation import Session
from tests.clients.agreement import members


async def refused_and_recovered_from(session: Session, group: str, attack: Operation, rule: str) -> None:
    """All of alice's victims refuse it by this rule, say so, and are together again by the end."""
    alice, bob, carol = (session.client(name) for name in ("alice.phone", "bob", "carol"))
    await alice.perform(attack)
    await session.settle()
    for victim, epoch in ((bob, 3), (carol, 4)):
        refused = next(event for event in victim.events if isinstance(event, Rejected))
        assert (refused.group, refused.rule) == (group, rule)
        assert Recovered(group, epoch) in victim.events
        assert victim.doubtful == ()
    assert FellBehind(group, 1, 2) not in bob.events, "bob noticed before anything else came"
    assert members(session, group) == ["alice/phone", "bob/phone", "carol/phone"]
    await carol.perform(Send(group, b"still here"))
    await session.settle()
    assert [client.inbox[-1].data for client in (alice, bob)] == [b"still here"] * 2


async def stays_behind_until_it_recovers(session: Session, group: str, attack: Operation) -> None:
    """Who does not recover by itself says so, and stays where it was."""
    alice, bob, carol = (session.client(name) for name in ("alice.phone", "bob", "carol"))
    bob.recovers = carol.recovers = False
    await alice.perform(attack)
    await session.settle()
    await alice.perform(Send(group, b"hello?"))
    await session.settle()
    assert bob.events[-1] == FellBehind(group, 1, 2)
    assert bob.doubtful == (group,)
    assert bob.groups[group].epoch == 1
    await bob.recover(group)
    assert bob.events[-1] == Recovered(group, 3)
