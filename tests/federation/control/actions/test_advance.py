"""Time that passes faster."""

from simulator.federation.control.actions.advance import Advance
from simulator.federation.control.operator import Operator
from tests.federated import NOW


async def test_time_passes_at_once(operator: Operator) -> None:
    assert (await Advance(seconds=3600).run(operator)).time == NOW + 3600 == operator.session.now
