"""A process that dies is this machine's failure, and says whose providers are gone; none is left behind."""

import os
import signal

import pytest
import trio

from simulator.clients.operations import CreateGroup
from simulator.federation.processes import open_spread_session, running_processes
from simulator.federation.processes.messages import CLIENT
from simulator.machine import MachineFailure
from tests.federated import NOW, connected, topology

GONE = r"the process of c\.example was killed by signal 9"


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_one_is_killed_and_the_others_go_on_and_none_is_left() -> None:
    async with running_processes(2) as processes:
        async with open_spread_session(topology(), processes, seed=1, now=NOW) as session:
            first, second = session.processes
            assert first.processor_seconds() > 0
            carol, told = session.client("carol"), trio.Event()
            session.provider("c").faults.heard_by = lambda _: told.set()
            os.kill(second.pid, signal.SIGKILL)
            session.advance(1)  # nobody has noticed yet
            session.recorder.enter("after", 1)
            with pytest.raises(MachineFailure):
                second.look((CLIENT, carol.uri), ("uri",))
            with trio.fail_after(10):
                await told.wait()
            assert second.is_gone
            with pytest.raises(MachineFailure, match=GONE):
                await carol.perform(CreateGroup())
            with pytest.raises(MachineFailure, match=GONE):
                _ = carol.groups
            assert [str(fault) for fault in session.faults] == ["the process of c.example was killed by signal 9"]
            assert [provider.is_up for provider in session.providers] == [True, True, False]
            session.advance(60)
            session.recorder.enter("1 connect", 1)
            await connected(session, ("alice", "bob"))
        with trio.CancelScope() as scope:
            async with open_spread_session(topology(), processes, seed=1, now=NOW) as session:
                scope.cancel()
                await session.settle()
        assert scope.cancelled_caught
        assert session.processes[0] is first, "who can end a federation in an orderly way can run another"
        assert session.processes[1] is not second
        pids = [process.pid for process in (second, *session.processes)]
    assert not any(map(_is_there, pids))
