import pytest

from simulator.clients.adversary.odd_group import Flaw, OddGroup
from simulator.federation import Session
from simulator.services.refusal import Code, Refusal

REFUSALS = {
    Flaw.expired_leaf: Code.invalid_leaf_node,
    Flaw.leaf_without_versions: Code.invalid_leaf_node,
    Flaw.bad_group_info_signature: Code.invalid_group_info,
    Flaw.no_version: Code.invalid_group_info,
    Flaw.foreign_external_sender: Code.invalid_group_info,
}


@pytest.mark.parametrize("flaw", [flaw for flaw in Flaw if flaw is not Flaw.nothing])
async def test_each_flaw_is_found(session: Session, flaw: Flaw) -> None:
    alice = session.client("alice.phone")
    with pytest.raises(Refusal) as caught:
        await alice.perform(OddGroup("mimi://a.example/g/odd", flaw))
    assert caught.value.code is REFUSALS[flaw]
    assert "mimi://a.example/g/odd" not in alice.groups


async def test_without_a_flaw_only_the_id_counts(session: Session) -> None:
    alice = session.client("alice.phone")
    with pytest.raises(Refusal) as caught:
        await alice.perform(OddGroup("mimi://b.example/g/odd"))
    assert caught.value.code is Code.invalid_group_id
    assert await alice.perform(OddGroup("mimi://a.example/g/odd")) in alice.groups
