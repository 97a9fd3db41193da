"""Who is in the simulator's own process is not killed."""

import pytest

from simulator.net.faults import NoOwnProcess
from simulator.provider.in_this_process import InThisProcess


def test_it_refuses_to_be_killed() -> None:
    there = InThisProcess()
    there.name = "a.example"
    with pytest.raises(NoOwnProcess, match=r"a\.example is no process of its own"):
        there.kill(0, 0, lambda: None)
    with pytest.raises(NoOwnProcess):
        there.watch_requests("key", lambda: None)
    there.watch_requests("key", None)
