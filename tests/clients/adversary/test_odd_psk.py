"""PSKs that tie a commit to another group, or to nothing: the hub refuses them, for no member could follow."""

import pytest

from simulator.clients.adversary.odd_commit import OddCommit
from simulator.clients.adversary.odd_psk import Psk, made_up
from simulator.clients.operations import CreateGroup
from simulator.federation import Session
from simulator.mls.key_schedule.psk import ExternalPSK, ResumptionPSK, ResumptionPSKUsage
from simulator.services.refusal import Code, Refusal


async def test_how_it_is_named_and_where_its_secret_comes_from(session: Session, group: str) -> None:
    state = session.client("alice.phone").state
    usual = Psk(group).identifier(state)
    assert usual.source == ResumptionPSK(ResumptionPSKUsage.reinit, group.encode(), 1)
    other = Psk(group, ResumptionPSKUsage.branch, 9).identifier(state)
    assert other.source == ResumptionPSK(ResumptionPSKUsage.branch, group.encode(), 9)
    external = Psk().identifier(state)
    assert isinstance(external.source, ExternalPSK)
    store = made_up((usual, other, external), state)
    assert all(map(store.holds, (usual, other, external)))
    held = state.group(group).resumption_psks[group.encode(), 1]
    assert store.resumption[group.encode(), 1] == held
    assert store.resumption[group.encode(), 9] != held


@pytest.mark.parametrize("of", [None, "group"])
async def test_the_hub_sees_through_it(session: Session, group: str, of: str | None) -> None:
    alice = session.client("alice.phone")
    new = await alice.perform(CreateGroup())
    psk = Psk(None if of is None else group)
    with pytest.raises(Refusal) as refused:
        await alice.perform(OddCommit(new, "add_users", users=(session.user("carol").uri,), psks=(psk,)))
    assert refused.value.code is Code.invalid_commit
