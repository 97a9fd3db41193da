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


async def test_without_the_rule_the_epoch_begins_without_a_path(session: Session, trio_group: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    session.waive(["RFC9420-12.4-PATH-MISSING/MEMBER"])
    await alice.perform(OddPath(trio_group, "no_path"))
    await session.settle()
    assert bob.groups[trio_group].epoch_authenticator == alice.groups[trio_group].epoch_authenticator


async def test_a_flaw_that_is_none_is_told_with_the_nearest(session: Session, trio_group: str) -> None:
    with pytest.raises(SimulatorError, match='did you mean "short_path"'):
        await session.client("alice.phone").perform(OddPath(trio_group, "short_pat"))
