"""What no member can follow, the owner refuses, whoever joins."""

import pytest

from simulator.clients.adversary.odd_join import FLAWS, OddJoin
from simulator.clients.operations import Leave
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


AT_ONCE = [flaw for flaw in FLAWS if flaw not in ("removal_by_reference", "leaf_key_again")]


@pytest.mark.parametrize("flaw", AT_ONCE)
async def test_the_hub_refuses_every_flaw(session: Session, trio_group: str, flaw: str) -> None:
    hub = session.provider("a")
    before = hub.fingerprint()
    with pytest.raises(Refusal):
        await session.client("bob").perform(OddJoin(trio_group, flaw))
    assert hub.fingerprint() == before


async def test_a_removal_that_waits_in_the_group(session: Session, trio_group: str) -> None:
    bob = session.client("bob")
    await bob.perform(Leave(trio_group))
    with pytest.raises(Refusal, match="carries its proposals itself"):
        await bob.perform(OddJoin(trio_group, "removal_by_reference"))


async def test_the_same_key_twice(session: Session, trio_group: str) -> None:
    bob = session.client("bob")
    await bob.perform(OddJoin(trio_group, "leaf_key_again"))
    with pytest.raises(Refusal, match="a resync brings a new leaf encryption key"):
        await bob.perform(OddJoin(trio_group, "leaf_key_again"))


async def test_a_flaw_that_is_none_is_told_with_the_nearest(session: Session, trio_group: str) -> None:
    with pytest.raises(SimulatorError, match='did you mean "removes_two"'):
        await session.client("bob").perform(OddJoin(trio_group, "remove_two"))
