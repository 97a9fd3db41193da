"""Every flaw that a path can have is refused by the hub, and nothing changes."""

import pytest

from simulator.clients.adversary.odd_path import FLAWS, OddPath
from simulator.errors import SimulatorError
from simulator.federation import Session
from simulator.services.refusal import Refusal


@pytest.mark.parametrize("flaw", FLAWS)
async def test_the_hub_refuses_it(session: Session, trio_group: str, flaw: str) -> None:
    alice, hub = session.client("alice.phone"), session.provider("a")
    before = hub.fingerprint()
    with pytest.raises(Refusal) as refused:
        await alice.perform(OddPath(trio_group, flaw))
    assert refused.value.code.startswith("invalid_")
    assert hub.fingerprint() == before


async def test_a_flaw_that_is_none_is_told_with_the_nearest(session: Session, trio_group: str) -> None:
    with pytest.raises(SimulatorError, match='did you mean "short_path"'):
        await session.client("alice.phone").perform(OddPath(trio_group, "short_pat"))
