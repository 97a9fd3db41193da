"""The network is whole again."""

import pytest

from simulator.federation.control.actions.connect import Connect
from simulator.federation.control.actions.inject import Inject
from simulator.federation.control.actions.repair import Repair
from simulator.federation.control.operator import NotFound, Operator
from simulator.net import TransportError
from simulator.net.faults import DNSFailure, RequestMatch


async def test_one_fault_or_all(operator: Operator) -> None:
    for number in (1, None):
        await Inject(fault=DNSFailure(where=RequestMatch(recipient="b.example"))).run(operator)
        with pytest.raises(TransportError):
            await Connect(from_="alice", to=("bob",)).run(operator)
        await Repair(fault=number).run(operator)
        assert await Connect(from_="alice", to=("bob",)).run(operator)


async def test_a_fault_that_is_not_in_force(operator: Operator) -> None:
    with pytest.raises(NotFound):
        await Repair(fault=7).run(operator)
