"""What the fault `kill` does to providers that have a process each."""

import pytest

from simulator.clients.operations import Send
from simulator.net import TransportError
from simulator.net.faults import Kill, NoOwnProcess
from tests.federation.processes.killable import group_of_both, killable


async def test_messages_arrive_while_both_are_killed() -> None:
    async with killable() as session:
        group, sent = await group_of_both(session), 0
        with session.inject(Kill(rate=0.3, times=4, clock=(0, 60))) as injected:
            for number in range(12):
                try:
                    await session.client("alice").perform(Send(group, b"%d" % number))
                    sent += 1
                except TransportError:
                    continue
                finally:
                    await session.settle()
        assert 1 <= injected.hits <= 4
        session.advance(600)
        await session.settle()
        inbox = [each.data for each in session.client("bob").inbox]
        assert len(inbox) == len(set(inbox))
        assert sent <= len(inbox)


async def test_nothing_would_be_left_of_a_store_in_memory() -> None:
    async with killable(in_file=False) as session:
        with pytest.raises(NoOwnProcess, match="store: file"):
            session.inject(Kill(provider="b.example", rate=0.1))
        session.inject(Kill(rate=0)).remove()
