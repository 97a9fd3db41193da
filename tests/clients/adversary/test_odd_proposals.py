"""Every list of proposals that RFC 9420 does not allow is refused by the hub, by a rule of MLS."""

import pytest

from simulator.clients.adversary.odd_commit import OddCommit
from simulator.clients.adversary.odd_proposals import FLAWS
from simulator.clients.operations import UpdateClient
from simulator.federation import Session
from simulator.services.refusal import Refusal


@pytest.mark.parametrize("flaw", FLAWS)
async def test_the_hub_refuses_it(session: Session, trio_group: str, flaw: str) -> None:
    alice = session.client("alice.phone")
    await alice.perform(UpdateClient(trio_group))
    with pytest.raises(Refusal) as refused:
        await alice.perform(OddCommit(trio_group, "update_client", flaw=flaw))
    assert refused.value.rules[0].startswith(("RFC9420-", "MLS-"))
    assert refused.value.requirement == "DS-STATE-UPDATE-COMMIT"
