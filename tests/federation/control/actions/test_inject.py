"""Faults."""

import msgspec
import pytest

from simulator.federation import UnknownName
from simulator.federation.control.actions.exchanges import Exchanges
from simulator.federation.control.actions.inject import Inject
from simulator.federation.control.actions.send import Send
from simulator.federation.control.operator import Operator
from simulator.net.faults import DropRequest, RequestMatch


async def test_requests_meet_it(operator: Operator, team: str) -> None:
    inject = msgspec.json.decode(
        b'{"fault": {"type": "drop_request", "where": {"recipient": "b.example", "times": 1}}}', type=Inject
    )
    assert (await inject.run(operator)).fault == 1
    await Send(by="alice", group=team, text="x").run(operator)
    (seen,) = (await Exchanges(last=1).run(operator)).exchanges
    assert seen.fault == "drop_request"


async def test_about_a_provider_that_is_there(operator: Operator) -> None:
    with pytest.raises(UnknownName):
        await Inject(fault=DropRequest(where=RequestMatch(recipient="z.example"))).run(operator)
