"""A process that is killed loses what is under way, and nothing that it has answered."""

import os
import signal

import pytest
import trio

from simulator.clients.operations import Send
from simulator.federation.processes.killable_session import KillableSession
from simulator.machine import MachineFailure
from simulator.net import TransportError
from tests.federation.processes.killable import group_of_both, killable


async def _killed_while_it_waits(session: KillableSession, group: str) -> None:
    """What alice asks for meets a provider that is killed, or about to come back."""
    session.providers[0].kill(0, 0, lambda: None)
    with pytest.raises(TransportError, match=r"killed|started again"):
        await _publish_for_ever(session)
    await session.settle()
    await session.client("alice").perform(Send(group, b"hello"))


async def _publish_for_ever(session: KillableSession) -> None:
    while True:
        session.client("alice").publish(1, last_resort=False)
        await trio.lowlevel.checkpoint()


async def test_it_comes_back_as_often_as_it_is_killed() -> None:
    async with killable() as session:
        group = await group_of_both(session)
        random = [provider.rand("test", 8) for provider in session.providers]
        for _ in range(2):
            await _killed_while_it_waits(session, group)
            await session.settle()
        assert len(session.client("bob").inbox) == 2
        assert session.providers[0].rand("test", 8) != random[0], "no life draws what another has drawn"
        process = session.processes[0]
        counted: list[str] = []
        for _ in range(3):
            session.providers[0].kill(0, 0, lambda: counted.append("killed"))
        await session.settle()
        assert 1 <= len(counted) <= 3
        assert process.is_open
        assert not process.is_gone


async def test_one_that_somebody_else_kills_is_a_failure_of_this_machine() -> None:
    async with killable(may_fail=True) as session:
        os.kill(session.processes[0].pid, signal.SIGKILL)
        await session.settle()
        assert {str(fault) for fault in session.faults} == {"the process of a.example was killed by signal 9"}
        with pytest.raises(MachineFailure):
            session.providers[0].rand("test", 8)
