import pytest

from simulator.clients.adversary.odd_group import OddGroup
from simulator.errors import SimulatorError
from simulator.federation import Session
from simulator.services.refusal import Code, Refusal

REFUSALS = {
    "expired_leaf": Code.invalid_leaf_node,
    "leaf_without_versions": Code.invalid_leaf_node,
    "bad_group_info_signature": Code.invalid_group_info,
    "no_version": Code.invalid_group_info,
    "foreign_external_sender": Code.invalid_group_info,
    "older_version": Code.invalid_group_info,
    "no_external_pub": Code.invalid_group_info,
    "junk_external_pub": Code.invalid_group_info,
    "later_epoch": Code.invalid_group_info,
    "other_suite": Code.invalid_group_info,
    "filled_mark": Code.invalid_leaf_node,
}


@pytest.mark.parametrize("flaw", list(REFUSALS))
async def test_each_flaw_is_found(session: Session, flaw: str) -> None:
    alice = session.client("alice.phone")
    with pytest.raises(Refusal) as caught:
        await alice.perform(OddGroup("mimi://a.example/g/odd", flaw))
    assert caught.value.code is REFUSALS[flaw]
    assert "mimi://a.example/g/odd" not in alice.groups


async def test_a_group_may_know_more_of_mls_than_others(session: Session) -> None:
    alice = session.client("alice.phone")
    group = alice.groups[await alice.perform(OddGroup("mimi://a.example/g/odd", "mls_extensions"))]
    assert group.own_leaf.capabilities.proposals == (8, 10)


async def test_without_a_flaw_only_the_id_counts(session: Session) -> None:
    alice = session.client("alice.phone")
    with pytest.raises(Refusal) as caught:
        await alice.perform(OddGroup("mimi://b.example/g/odd"))
    assert caught.value.code is Code.invalid_group_id
    assert await alice.perform(OddGroup("mimi://a.example/g/odd")) in alice.groups


async def test_a_flaw_that_no_group_has(session: Session) -> None:
    for flaw in ("no_versions", "other_mls_version"):
        with pytest.raises(SimulatorError, match=f'no group has the flaw "{flaw}" in mimi-transport-00'):
            await session.client("alice.phone").prepare(OddGroup("mimi://a.example/g/odd", flaw))
