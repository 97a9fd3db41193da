"""Every accepted message once, in order, at every member: each way in which that can be untrue."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from simulator.clients.events.events import Event, Received, Sent
from simulator.clients.operations import AddClients, AddUsers, CreateGroup, ExternalJoin, Leave, Send, UpdateClient
from simulator.net.faults import Hold, RequestMatch
from simulator.scenario.expectations.delivered import Delivered
from simulator.scenario.running.context import Context
from simulator.scenario.step import Unmet
from tests.federated import connected, federation


@pytest.fixture
async def context() -> AsyncIterator[Context]:
    async with told() as context:
        yield context


@asynccontextmanager
async def told(**changes: Any) -> AsyncIterator[Context]:
    """Alice, Bob and Carol in a group, in which each has sent two messages."""
    async with federation(**changes) as session:
        await connected(session, ("alice.phone", "bob"), ("alice.phone", "carol"))
        alice = session.client("alice.phone")
        context = Context(session)
        group = context.results["team"] = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(group, (session.user("bob").uri, session.user("carol").uri)))
        await session.settle()
        for text in ("one", "two"):
            for name in ("alice", "bob", "carol"):
                await session.client(f"{name}.phone").perform(Send(group, f"{text} of {name}".encode()))
                await session.settle()
        yield context


def check(context: Context, *, everywhere: bool = False) -> Unmet:
    with pytest.raises(Unmet) as unmet:
        Delivered(all=everywhere).check(context, None)
    return unmet.value


def log(context: Context) -> list[Event]:
    """Bob's."""
    return context.session.client("bob").events


def index(context: Context, text: str) -> int:
    return next(
        i for i, event in enumerate(log(context)) if isinstance(event, Received) and event.data == text.encode()
    )


async def test_all_is_well(context: Context) -> None:
    Delivered(all=True).check(context, None)


async def test_a_message_is_lost(context: Context) -> None:
    del log(context)[index(context, "one of alice")]
    assert check(context).happened.startswith('bob.phone lacks "one of alice" from mimi://a.example/d/alice/phone')


async def test_a_message_comes_twice(context: Context) -> None:
    log(context).append(log(context)[index(context, "two of carol")])
    unmet = check(context)
    assert (unmet.expected, "more than once" in unmet.happened) == ("every message once", True)


async def test_messages_of_one_sender_change_places(context: Context) -> None:
    first, second = index(context, "one of alice"), index(context, "two of alice")
    log(context)[first], log(context)[second] = log(context)[second], log(context)[first]
    assert check(context).expected == "one order for all"


async def test_messages_of_two_senders_change_places() -> None:
    """Neither sender gets its own message: only two further receivers can tell that they disagree."""
    async with told(laptop=True) as context:
        session, group = context.session, context.group("team")
        alice, laptop = session.client("alice.phone"), session.client("alice.laptop")
        await alice.perform(AddClients(group, (laptop.uri,)))
        await session.settle()
        for client in (alice, session.client("carol")):
            await client.perform(Send(group, b"three of " + client.name.encode()))
            await session.settle()
        Delivered(all=True).check(context, None)
        first, second = index(context, "three of alice.phone"), index(context, "three of carol.phone")
        log(context)[first], log(context)[second] = log(context)[second], log(context)[first]
        unmet = check(context)
        assert unmet.expected == "one order for all"
        assert "alice.laptop and bob.phone" in unmet.happened


async def test_a_message_that_nobody_sent(context: Context) -> None:
    sender = context.session.client("carol")
    log(context).append(Received(context.group("team"), 1, sender.uri, b"pay 100"))
    assert check(context).expected == "only messages that were accepted"


async def test_who_is_behind_may_lack_the_last(context: Context) -> None:
    session, group = context.session, context.group("team")
    with session.inject(Hold(where=RequestMatch(endpoint="deliver_message", recipient="b.example"))):
        await session.client("alice").perform(Send(group, b"three"))
        await session.settle()
        Delivered().check(context, None)
        unmet = check(context, everywhere=True)
        assert (unmet.expected, unmet.happened) == ("everything to have arrived", "something waits for bob.phone")
    await session.settle()
    Delivered(all=True).check(context, None)


async def test_nothing_may_be_missing_in_front_of_a_commit(context: Context) -> None:
    """Bob is offline and so behind; but he has the commit that came after the message."""
    session, group = context.session, context.group("team")
    await session.client("alice").perform(Send(group, b"three"))
    await session.client("alice").perform(UpdateClient(group))
    await session.settle()
    session.client("bob").online = False
    del log(context)[index(context, "three")]
    assert check(context).expected == "every message at every member"


async def test_who_has_lost_its_state_is_owed_nothing(context: Context) -> None:
    session, group = context.session, context.group("team")
    session.client("bob").lose_state(group)
    await session.client("alice").perform(Send(group, b"three"))
    await session.settle()
    Delivered(all=True).check(context, None)


async def test_a_deleted_client_is_not_waited_for(context: Context) -> None:
    context.session.remove_client("bob")
    await context.session.settle()
    Delivered(all=True).check(context, None)


async def test_what_is_sent_is_in_the_log(context: Context) -> None:
    sent = [event for event in log(context) if isinstance(event, Sent)]
    group = context.group("team")
    assert sent == [Sent(group, 1, b"one of bob"), Sent(group, 1, b"two of bob")]


async def test_who_leaves_is_owed_nothing_more_of_that_epoch_where_hubs_stop_at_once() -> None:
    async with told(draft="mimi-protocol-06") as context:
        session, group = context.session, context.results["team"]
        bob, carol = session.client("bob"), session.client("carol")
        carol.online = False
        await bob.perform(Leave(group))
        await session.settle()
        await carol.perform(Send(group, b"says Carol, who does not know it yet"))
        await session.settle()
        assert not any(event.data.startswith(b"says") for event in bob.inbox)
        Delivered().check(context, None)
        carol.online = True
        await session.settle()
        await session.client("alice.phone").perform(UpdateClient(group))
        await session.settle()
        assert group not in bob.groups
        Delivered(all=True).check(context, None)


async def test_nor_where_the_others_have_yet_to_hear_that_it_has_left() -> None:
    """Bob's own SelfRemove is gone with the group, and carol gets it only now."""
    async with told(draft="mimi-protocol-06", laptop=True) as context:
        session, group = context.session, context.results["team"]
        alice, bob, carol = (session.client(name) for name in ("alice.phone", "bob", "carol"))
        carol.online = alice.online = False
        await bob.perform(Leave(group))
        await carol.perform(Send(group, b"says Carol, who does not know it yet"))
        await session.client("alice.laptop").perform(ExternalJoin(group))
        await session.settle()
        assert group not in bob.groups
        Delivered().check(context, None)


async def test_nor_where_the_hub_has_proposed_it_anew_after_a_commit_from_outside() -> None:
    """Bob's commit takes the laptop with it, and voids the rest of what it has proposed."""
    async with told(draft="mimi-protocol-06", laptop=True) as context:
        session, group = context.session, context.results["team"]
        phone, laptop, bob = (session.client(name) for name in ("alice.phone", "alice.laptop", "bob"))
        await phone.perform(AddClients(group, (laptop.uri,)))
        await session.settle()
        await laptop.perform(Leave(group))
        bob.lose_state(group)
        await bob.perform(ExternalJoin(group))
        await bob.perform(Send(group, b"says Bob"))
        await session.settle()
        assert group in phone.groups
        assert not any(event.data == b"says Bob" for event in phone.inbox)
        Delivered().check(context, None)
