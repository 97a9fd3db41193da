"""A hub speaks in its own name, and well signed; what it says is none of its business."""

import pytest

from simulator.clients.events.events import Rejected
from simulator.clients.operations import AddUsers, CreateGroup
from simulator.errors import SimulatorError
from simulator.federation import Session
from simulator.mls.proposals.proposals import Remove
from simulator.provider.adversary import send_as_external_sender
from simulator.provider.adversary.odd_proposal import FLAWS
from tests.federated import connected


async def test_a_removal_is_its_business_and_nothing_of_the_others(session: Session) -> None:
    await connected(session, ("alice", "bob"))
    alice, bob = session.client("alice"), session.client("bob")
    group = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(group, (bob.user,)))
    await session.settle()
    for say in FLAWS.values():
        send_as_external_sender(session.provider("a"), group, say)
        await session.settle()
        assert isinstance(bob.events[-1], Rejected)
        assert bob.events[-1].rule.startswith("external_sender_")
        assert bob.groups[group].public.proposals == {}
    with pytest.raises(SimulatorError, match=r"b\.example has no group"):
        send_as_external_sender(session.provider("b"), group, lambda _: Remove(0))
    send_as_external_sender(session.provider("a"), group, lambda _: Remove(0))
    await session.settle()
    assert [each.proposal for each in bob.groups[group].public.proposals.values()] == [Remove(0)]
