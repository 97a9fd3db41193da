from dataclasses import replace

import pytest

from simulator.clients.adversary.odd_group import NOTHING, OddGroup, flaws
from simulator.drafts.adversary import Adversary
from simulator.errors import SimulatorError
from simulator.federation import Session
from simulator.services.refusal import Code, Refusal

REFUSALS = {
    "expired_leaf": Code.invalid_leaf_node,
    "leaf_without_versions": Code.invalid_leaf_node,
    "bad_group_info_signature": Code.invalid_group_info,
    "no_version": Code.invalid_group_info,
    "foreign_external_sender": Code.invalid_group_info,
}


@pytest.mark.parametrize("flaw", list(REFUSALS))
async def test_each_flaw_is_found(session: Session, flaw: str) -> None:
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


async def test_a_flaw_of_another_draft(session: Session) -> None:
    assert set(flaws(session.draft)) == {NOTHING, *REFUSALS}
    assert all(flaws(session.draft).values()), "each has a meaning"
    with pytest.raises(SimulatorError, match='"no_versions" in mimi-transport-00'):
        await session.client("alice.phone").prepare(OddGroup("mimi://a.example/g/odd", "no_versions"))
    assert set(flaws(replace(session.draft, adversary=Adversary()))) == {
        NOTHING,
        "expired_leaf",
        "bad_group_info_signature",
    }
