"""The provider accepts it, all members refuse it, say so, and are together again by the end."""

from simulator.clients.adversary import WrongMembershipTag
from simulator.clients.events import FellBehind, Recovered, Rejected
from simulator.clients.operations import Send
from simulator.federation import Session
from tests.clients.agreement import members


async def test_members_refuse_report_and_rejoin(session: Session, trio_group: str) -> None:
    alice, bob, carol = (session.client(name) for name in ("alice", "bob", "carol"))
    await alice.perform(WrongMembershipTag(trio_group))
    await session.settle()
    for victim, epoch in ((bob, 3), (carol, 4)):
        refused = next(event for event in victim.events if isinstance(event, Rejected))
        assert (refused.group, refused.rule) == (trio_group, "invalid_membership_tag")
        assert Recovered(trio_group, epoch) in victim.events
        assert victim.doubtful == ()
    assert FellBehind(trio_group, 1, 2) not in bob.events, "bob noticed before anything else came"
    assert members(session, trio_group) == ["alice/phone", "bob/phone", "carol/phone"]
    await carol.perform(Send(trio_group, b"still here"))
    await session.settle()
    assert [client.inbox[-1].data for client in (alice, bob)] == [b"still here"] * 2


async def test_who_does_not_recover_says_so_and_stays_where_it_was(session: Session, trio_group: str) -> None:
    alice, bob, carol = (session.client(name) for name in ("alice", "bob", "carol"))
    bob.recovers = carol.recovers = False
    await alice.perform(WrongMembershipTag(trio_group))
    await session.settle()
    await alice.perform(Send(trio_group, b"hello?"))
    await session.settle()
    assert bob.events[-1] == FellBehind(trio_group, 1, 2)
    assert bob.doubtful == (trio_group,)
    assert bob.groups[trio_group].epoch == 1
    await bob.recover(trio_group)
    assert bob.events[-1] == Recovered(trio_group, 3)
