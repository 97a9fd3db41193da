"""A ReInit that announces what nobody could make is refused by the hub, and the group goes on."""

import pytest

from simulator.clients.adversary.odd_commit import OddCommit
from simulator.clients.adversary.odd_successor import FLAWS
from simulator.errors import SimulatorError
from simulator.federation import Session
from simulator.services.refusal import Code, Refusal

OF_THE_DRAFT = ("no_version", "older_version", "foreign_external_sender")


@pytest.mark.parametrize("flaw", [*FLAWS, *OF_THE_DRAFT])
async def test_each_flaw_is_found(session: Session, group: str, flaw: str) -> None:
    odd = OddCommit(group, "re_initialize_group", successor="mimi://a.example/g/next", flaw=flaw)
    with pytest.raises(Refusal) as refused:
        await session.client("bob").perform(odd)
    assert refused.value.code is Code.invalid_proposal
    await session.client("bob").perform(OddCommit(group, "re_initialize_group", successor="mimi://a.example/g/next"))


async def test_a_flaw_of_something_else(session: Session, group: str) -> None:
    odd = OddCommit(group, "re_initialize_group", successor="mimi://a.example/g/next", flaw="later_epoch")
    with pytest.raises(SimulatorError, match='no announced group has the flaw "later_epoch"'):
        await session.client("bob").perform(odd)
    with pytest.raises(SimulatorError, match='no commit has the flaw "other_mls_version"'):
        await session.client("bob").perform(OddCommit(group, "update_client", flaw="other_mls_version"))
