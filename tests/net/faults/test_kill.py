"""Who is killed when, by which seed; what becomes of it then is up to `simulator.federation.processes`."""

from collections.abc import Callable
from typing import cast

import pytest

from simulator.net.clock import StoppedClock
from simulator.net.faults import Kill, Machine, NoOwnProcess
from simulator.net.faults.fault_context import FaultContext
from simulator.net.timeouts import NoWorkTracker
from tests.net.faults.running_group import RunningGroup


class _Machine:
    """Notes what is done to it."""

    is_ours = True

    def __init__(self, name: str, done: list[tuple[str, float, int]], seed: bytes) -> None:
        self.name = name
        self.heard: Callable[[], None] | None = None
        self.clocks: list[int] = []
        self._done = done
        self._seed = seed

    def watch_requests(self, key: object, heard: Callable[[], None] | None) -> None:
        self.heard = heard

    def kill(self, after: float, ahead: int, killed: Callable[[], None]) -> None:
        self._done.append((self.name, after, ahead))
        killed()

    def skew(self, seconds: int) -> None:
        self.clocks.append(seconds)

    def rand(self, purpose: str, n: int) -> bytes:
        return self._seed[:n]


class _Run:
    """A fault at two machines, and many requests."""

    def __init__(self, fault: Kill, requests: int = 400, seed: bytes = bytes(16)) -> None:
        self.killed: list[tuple[str, float, int]] = []
        self.hits = 0
        self.machines = {name: _Machine(name, self.killed, seed) for name in ("a.example", "b.example")}
        found = {name: cast("Machine", machine) for name, machine in self.machines.items()}
        context = FaultContext(StoppedClock(), NoWorkTracker(), found)
        context.hit = self._hit
        fault.begin(context)
        for _ in range(requests):
            for machine in self.machines.values():
                if machine.heard is not None:
                    machine.heard()
        fault.end(context)

    def _hit(self) -> None:
        self.hits += 1


def test_at_a_rate_of_all_requests() -> None:
    run = _Run(Kill(rate=0.1, within=2))
    assert 50 < len(run.killed) == run.hits < 110
    assert {name for name, _, _ in run.killed} == {"a.example", "b.example"}
    assert all(0 <= after < 2 and ahead == 0 for _, after, ahead in run.killed)
    assert max(after for _, after, _ in run.killed) > 1
    assert all(machine.heard is None for machine in run.machines.values()), "it is over"


def test_others_with_each_seed_and_the_same_with_the_same() -> None:
    fault = Kill(rate=0.1)
    assert _Run(fault).killed == _Run(fault).killed != _Run(fault, seed=b"another seed 16.").killed


def test_who_is_named_and_so_often() -> None:
    run = _Run(Kill(provider="b.example", rate=0.5, times=3))
    assert [name for name, _, _ in run.killed] == ["b.example"] * 3
    assert Kill(provider="b.example", rate=0.5).about == ("b.example",)


def test_clocks_are_right_again_some_requests_later() -> None:
    run = _Run(Kill(provider="b.example", rate=0.02, clock=(60, -3000), requests=4))
    assert {ahead for _, _, ahead in run.killed} == {60, -3000}
    assert len(run.machines["b.example"].clocks) >= len(run.killed) / 2
    assert set(run.machines["b.example"].clocks) == {0}
    assert run.machines["a.example"].clocks == []


async def test_in_the_process_of_the_simulator_nobody_is(running_group: RunningGroup) -> None:
    with pytest.raises(NoOwnProcess, match=r"example is no process of its own"):
        running_group.session.inject(Kill(rate=0.5))
    with pytest.raises(NoOwnProcess):
        running_group.session.provider("b").kill(0, 0, lambda: None)
    with running_group.session.inject(Kill(rate=0)) as injected:
        await running_group.say(b"hello")
    assert injected.hits == 0
