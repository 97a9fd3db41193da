"""Who signs a request anew."""

import pytest

from simulator.errors import SimulatorError
from simulator.scenario.running.context import Context
from simulator.scenario.running.signing import sign
from tests.federated import federation


async def test_nobody_one_or_two() -> None:
    async with federation() as session:
        context = Context(session)
        assert sign(context, b"as it is", None, None) == b"as it is"
        with pytest.raises(SimulatorError, match="either a provider's or a client's"):
            sign(context, b"", "a.example", "alice")
        for provider, client in (("a.example", None), (None, "alice")):
            with pytest.raises(SimulatorError, match="nobody signs a bytes"):
                sign(context, b"", provider, client)
