"""A prepared operation is of one epoch; only the provider's yes makes it count."""

import pytest

from simulator.clients.operations import AddUsers, UpdateClient
from simulator.federation import Session
from simulator.services.refusal import Refusal
from tests.clients.agreement import members


async def test_of_two_commits_for_one_epoch_the_first_wins(session: Session, group: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    of_alice = await alice.prepare(AddUsers(group, (session.user("carol").uri,)))
    of_bob = await bob.prepare(UpdateClient(group))
    await bob.submit(of_bob)
    with pytest.raises(Refusal, match="the group is at 2") as refused:
        await alice.submit(of_alice)
    assert (refused.value.code, refused.value.current_epoch) == ("wrong_epoch", 2)
    assert alice.groups[group].epoch == 1, "what was refused changes nothing"
    await session.settle()
    await alice.perform(AddUsers(group, (session.user("carol").uri,)))
    await session.settle()
    assert members(session, group) == ["alice/phone", "bob/phone", "carol/phone"]
