"""Not answering."""

import pytest

from simulator.clients import NoRequest
from simulator.federation.control.actions.connect import Connect
from simulator.federation.control.actions.ignore import Ignore
from simulator.federation.control.operator import Operator


async def test_nothing_waits_any_more(operator: Operator) -> None:
    answer = await Connect(from_="alice", to=("bob",), accept=False).run(operator)
    group = answer.connections[0].group
    await Ignore(by="bob", group=group).run(operator)
    assert operator.client("bob").connection_requests == ()
    with pytest.raises(NoRequest):
        await Ignore(by="bob", group=group).run(operator)
