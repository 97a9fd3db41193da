"""Stores that fail: what was under way has not happened, and it is nobody's mistake."""

import pytest

from simulator.clients.operations import Send
from simulator.net.faults import StoreFails
from simulator.services.refusal import Code, Refusal
from simulator.storage import InjectedStoreError, StoreError, Trouble, reliably
from tests.net.faults.running_group import RunningGroup


@pytest.mark.parametrize("how", Trouble, ids=[trouble.value for trouble in Trouble])
async def test_a_receiver_that_fails_gets_it_later(running_group: RunningGroup, how: Trouble) -> None:
    session = running_group.session
    with session.inject(StoreFails(provider="b.example", how=(how,))) as injected:
        await running_group.say(b"hello")
        assert injected.hits
        assert {attempt.status for attempt in running_group.deliveries} == {500}
    assert session.faults == (), "the machine has nothing, and so has the simulator"
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"hello"]


async def test_its_own_clients_hear_of_an_internal_error(running_group: RunningGroup) -> None:
    session, alice = running_group.session, running_group.session.client("alice.phone")
    before = session.provider("a").fingerprint()
    with session.inject(StoreFails(provider="a.example")):
        with pytest.raises((StoreError, Refusal)) as failed:
            await alice.perform(Send(running_group.group, b"hello"))
        assert isinstance(failed.value, InjectedStoreError) or failed.value.code is Code.internal
        with reliably():
            assert session.provider("a").fingerprint() == before, "what looks at it from outside does not fail"
        with pytest.raises(InjectedStoreError, match="the store is made to fail"):
            session.provider("a").fingerprint()


async def test_at_a_rate_other_statements_with_each_seed_and_no_more_than_that(running_group: RunningGroup) -> None:
    with running_group.session.inject(StoreFails(rate=0.05, in_a_row=3)) as injected:
        for number in range(5):
            try:
                await running_group.say(b"%d" % number)
            except (StoreError, Refusal):
                continue
        some = injected.hits
    assert some > 3
    with running_group.session.inject(StoreFails(provider="b.example", times=2)) as injected:
        await running_group.say(b"last")
        await running_group.later(10)
    assert injected.hits == 2
    assert running_group.inbox("bob")[-1:] == [b"last"]


async def test_who_can_not_be_started_is_tried_again(running_group: RunningGroup) -> None:
    """With its store in memory nothing is opened: what fails is the look into the outbox, which is made again."""
    session, provider = running_group.session, running_group.session.provider("b")
    await provider.crash()
    with session.inject(StoreFails(provider="b.example")):
        provider.start_again()
        await session.settle()
    await running_group.later(2)
    assert provider.is_up
