"""The false tree is told once, with its GroupInfo, at one endpoint; refusals stay refusals."""

import pytest

from simulator.clients.operations import AddUsers, CreateGroup, ExternalJoin
from simulator.clients.operations.external_join import fetch_snapshot
from simulator.errors import SimulatorError
from simulator.federation import Session
from simulator.provider.adversary import false_tree
from simulator.services.refusal import Refusal
from tests.federated import connected


async def test_once_and_then_the_truth(session: Session) -> None:
    await connected(session, ("alice", "bob"))
    alice, bob, hub = session.client("alice.phone"), session.client("bob"), session.provider("a")
    groups = [await alice.perform(CreateGroup()) for _ in range(2)]
    for group in groups:
        await alice.perform(AddUsers(group, (bob.user,)))
    await session.settle()
    other = alice.groups[groups[1]]
    endpoint = session.draft.named("external_commit_information")
    lie = false_tree(endpoint, other.public.ratchet_tree(), other.group_info(), 1)
    hub.executor.interceptors.begin(lie)
    with pytest.raises(SimulatorError, match="answered about"):
        await fetch_snapshot(bob.state, groups[0])
    assert (await fetch_snapshot(bob.state, groups[0])).public.context == alice.groups[groups[0]].public.context


async def test_a_refusal_stays(session: Session) -> None:
    alice, hub = session.client("alice.phone"), session.provider("a")
    group = await alice.perform(CreateGroup())
    member = alice.groups[group]
    endpoint = session.draft.named("external_commit_information")
    hub.executor.interceptors.begin(false_tree(endpoint, member.public.ratchet_tree(), member.group_info()))
    with pytest.raises(Refusal, match="belongs to no user in the group"):
        await session.client("carol").perform(ExternalJoin(group))


async def test_an_endpoint_without_a_struct(session: Session) -> None:
    alice = session.client("alice.phone")
    member = alice.groups[await alice.perform(CreateGroup())]
    with pytest.raises(SimulatorError, match="does not answer with a struct"):
        false_tree(session.draft.named("ds_domain"), member.public.ratchet_tree(), member.group_info())
