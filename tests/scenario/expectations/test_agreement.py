"""One epoch and one secret for all."""

from collections.abc import AsyncIterator

import pytest

from simulator.clients.operations import UpdateClient
from simulator.scenario.expectations.agreement import Agreement
from simulator.scenario.running.context import Context
from simulator.scenario.step import Unmet
from tests.federated import connected, federation
from tests.scenario.small_scenarios import TEAM, fails, passes


async def test_all_members_agree() -> None:
    await passes(TEAM + "  - expect: {agreement: team}\n  - expect: {agreement: {group: team, epoch: 1}}\n")


async def test_another_epoch_than_expected() -> None:
    mismatch = await fails(TEAM + "  - expect: {agreement: {group: team, epoch: 2}}\n")
    assert (mismatch.expected, mismatch.happened) == ("epoch 2", "alice.phone is in epoch 1")


async def test_nobody_is_left() -> None:
    mismatch = await fails("""
  - create_group: alice
    as: team
  - lose_state: {by: alice, group: team}
    expect: {agreement: team}
""")
    assert (mismatch.expected, mismatch.happened) == ("members of team", "nobody is in it")


@pytest.fixture
async def context() -> AsyncIterator[Context]:
    """Alice and Bob in a group."""
    async with federation() as session:
        await connected(session, ("alice", "bob"))
        context = Context(session)
        context.name("team", next(iter(session.client("bob").groups)))
        yield context


async def test_a_member_that_is_behind(context: Context) -> None:
    alice, bob = context.session.client("alice"), context.session.client("bob")
    bob.online = False
    await alice.perform(UpdateClient(context.group("team")))
    await context.session.settle()
    Agreement(group="team", epoch=2).check(context, None)
    bob.online = True
    with pytest.raises(Unmet) as raised:
        Agreement(group="team").check(context, None)
    assert str(raised.value) == "expected one epoch for all (alice.phone: 2); bob.phone is in epoch 1"


async def test_members_of_one_epoch_with_different_secrets(context: Context) -> None:
    group = context.group("team")
    bob = context.session.client("bob")
    async with federation(seed=2) as elsewhere:
        await connected(elsewhere, ("alice", "bob"))
        (other,) = elsewhere.client("bob").groups.values()
    assert other.epoch == bob.groups[group].epoch
    bob.groups[group] = other
    with pytest.raises(Unmet) as raised:
        Agreement(group="team").check(context, None)
    assert str(raised.value) == "expected one secret for all in epoch 1; bob.phone and alice.phone differ"
