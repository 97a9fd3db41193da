"""What no member can follow, the owner refuses, whoever joins."""

import pytest

from simulator.clients.adversary.odd_join import FLAWS, OddJoin
from simulator.errors import SimulatorError
from simulator.federation import Session
from simulator.services.refusal import Code, Refusal
from tests.clients.agreement import members


@pytest.mark.parametrize("name", ["alice.laptop", "bob"])
async def test_a_psk_that_nobody_has(session: Session, group: str, name: str) -> None:
    with pytest.raises(Refusal, match="PreSharedKey") as refused:
        await session.client(name).perform(OddJoin(group))
    assert refused.value.code is Code.invalid_commit
    assert members(session, group) == ["alice/phone", "bob/phone"]


@pytest.mark.parametrize("flaw", FLAWS)
async def test_the_hub_refuses_every_flaw(session: Session, trio_group: str, flaw: str) -> None:
    hub = session.provider("a")
    before = hub.fingerprint()
    with pytest.raises(Refusal):
        await session.client("bob").perform(OddJoin(trio_group, flaw))
    assert hub.fingerprint() == before


async def test_a_flaw_that_is_none_is_told_with_the_nearest(session: Session, trio_group: str) -> None:
    with pytest.raises(SimulatorError, match='did you mean "removes_two"'):
        await session.client("bob").perform(OddJoin(trio_group, "remove_two"))
