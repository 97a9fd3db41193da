"""Who has to do with tokens."""

import pytest

from simulator.errors import SimulatorError
from simulator.scenario.running.context import Context
from simulator.scenario.running.token_parties import issuing, own_issuer, paying
from tests.provider import paying_federation


async def test_who_pays_and_who_issues() -> None:
    async with paying_federation.paying(c=None) as session:
        context = Context(session)
        assert paying(context, "a")[0].name == "a.example"
        assert issuing(context, "b")[2] == paying_federation.PROTECTED.issues
        assert own_issuer(context, "b")[0].name == "b.example"
        with pytest.raises(SimulatorError, match=r"c\.example knows no tokens"):
            paying(context, "c")
        for kind in (issuing, own_issuer):
            with pytest.raises(SimulatorError, match=r"a\.example issues no tokens"):
                kind(context, "a")
