"""One state for all: what differs is found, at whom it differs."""

from collections.abc import AsyncIterator

import pytest

from simulator.clients.operations import AddUsers, CreateGroup, Leave, UpdateClient
from simulator.net.faults import Hold, RequestMatch
from simulator.scenario.expectations.consistent import Consistent
from simulator.scenario.running.context import Context
from simulator.scenario.step import Unmet
from tests.federated import connected, federation


@pytest.fixture
async def context() -> AsyncIterator[Context]:
    """Alice, Bob and Carol in a group that a.example owns, in epoch 1."""
    async with federation() as session:
        await connected(session, ("alice", "bob"), ("alice", "carol"))
        alice = session.client("alice.phone")
        context = Context(session)
        group = context.results["team"] = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(group, (session.user("bob").uri, session.user("carol").uri)))
        await session.settle()
        yield context


def check(context: Context) -> Unmet:
    with pytest.raises(Unmet) as unmet:
        Consistent().check(context, None)
    return unmet.value


async def test_all_is_well(context: Context) -> None:
    Consistent().check(context, None)


async def test_a_member_is_ahead_of_the_hub(context: Context) -> None:
    session, group = context.session, context.group("team")
    bob = session.client("bob")
    prepared = await bob.prepare(UpdateClient(group))
    bob.groups[group] = prepared.next  # type: ignore[index]  # as if the hub had taken it
    assert check(context).happened == f"bob.phone is in epoch 2 of {group}, which is in epoch 1"


async def test_members_of_one_epoch_differ(context: Context) -> None:
    """Two commits of one epoch, each believed by its own committer."""
    session, group = context.session, context.group("team")
    for name in ("bob", "carol"):
        client = session.client(name)
        prepared = await client.prepare(UpdateClient(group))
        client.groups[group] = prepared.next  # type: ignore[index]
    assert check(context).expected == "one state for all members of an epoch"


async def test_the_hub_has_another_state_than_its_members(context: Context) -> None:
    """The only other member up to date is the one that is wrong."""
    session, group = context.session, context.group("team")
    bob, carol = session.client("bob"), session.client("carol")
    other = await bob.prepare(UpdateClient(group))
    bob.online = session.client("alice").online = False
    await carol.perform(UpdateClient(group))
    await session.settle()
    carol.lose_state(group)
    bob.groups[group] = other.next  # type: ignore[index]
    assert check(context).expected == "the hub's state to be its members'"


async def test_who_has_everything_is_in_the_last_epoch(context: Context) -> None:
    session, group = context.session, context.group("team")
    bob = session.client("bob")
    before = bob.groups[group]
    with session.inject(Hold(where=RequestMatch(endpoint="deliver_message", recipient="b.example"))):
        await session.client("carol").perform(UpdateClient(group))
        await session.settle()
        Consistent().check(context, None)
    await session.settle()
    Consistent().check(context, None)
    bob.groups[group] = before  # type: ignore[index]
    assert check(context).happened == f"bob.phone is in epoch 1 of {group}, which is in epoch 2"


async def test_who_has_everything_knows_the_proposals(context: Context) -> None:
    session, group = context.session, context.group("team")
    bob = session.client("bob")
    before = bob.groups[group]
    await session.client("carol").perform(Leave(group))
    await session.settle()
    Consistent().check(context, None)
    bob.groups[group] = before  # type: ignore[index]
    assert check(context).expected == "members to know all proposals"


async def test_a_member_that_never_heard_of_its_group(context: Context) -> None:
    session, group = context.session, context.group("team")
    bob = session.client("bob")
    bob.lose_state(group)
    Consistent().check(context, None)
    bob.events[:] = [event for event in bob.events if event.group != group]
    assert check(context).happened == f"bob.phone does not know {group}"


async def test_who_is_removed_knows_it(context: Context) -> None:
    session, group = context.session, context.group("team")
    carol = session.client("carol")
    before = carol.groups[group]
    await carol.perform(Leave(group))
    await session.settle()
    await session.client("alice").perform(UpdateClient(group))
    await session.settle()
    Consistent().check(context, None)
    carol.groups[group] = before  # type: ignore[index]
    assert check(context).happened == f"carol.phone thinks it is in {group}"
