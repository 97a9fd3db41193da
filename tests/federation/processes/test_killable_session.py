"""What a process that was killed finds when it comes back: the time, the others, the faults and rules of now."""

from simulator.clients.operations import Send
from simulator.federation.processes.killable_session import KillableSession
from simulator.federation.processes.messages import PROVIDER
from simulator.net.faults import Partition
from tests.federation.processes.killable import group_of_both, killable


def _clock(session: KillableSession, provider: str) -> int:
    """How far its clock is ahead of the session's."""
    process = session.provider(provider).process  # type: ignore[attr-defined]
    return int(process.look((PROVIDER, provider), ("clock", "now"), ())) - session.now


async def test_both_are_killed_at_once_and_meet_again() -> None:
    async with killable() as session:
        group = await group_of_both(session)
        a, b = session.providers
        session.waive(("MLS-2",), (b,))
        parted = session.inject(Partition(side=("b.example",)))
        lives = [process.pid for process in session.processes]
        struck: list[str] = []
        a.kill(0, 0, lambda: struck.append("a"))
        b.kill(0, 3000, lambda: struck.append("b"))
        session.advance(100)
        await session.settle()
        assert sorted(struck) == ["a", "b"]
        assert not set(lives) & {process.pid for process in session.processes}
        assert [_clock(session, provider.name) for provider in session.providers] == [0, 3000]
        assert b.process.look((PROVIDER, "b.example"), ("settings", "waived")) == {"MLS-2"}  # type: ignore[attr-defined]
        await session.client("alice").perform(Send(group, b"hello"))
        await session.settle()
        assert session.client("bob").inbox == (), "the fault is in force again"
        parted.remove()
        session.advance(600)
        await session.settle()
        assert [each.data for each in session.client("bob").inbox] == [b"hello"]
        b.skew(0)
        assert _clock(session, "b.example") == 0
