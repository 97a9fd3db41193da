"""Application messages reach the others, and a key is never used twice."""

import pytest

from simulator.clients import NotAMember
from simulator.clients.events.events import Received
from simulator.clients.operations import Send
from simulator.federation import Session


async def test_send(session: Session, group: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    await bob.perform(Send(group, b"hello"))
    await session.settle()
    assert alice.inbox == (Received(group, 1, bob.uri, b"hello"),)
    assert bob.inbox == (), "a client does not get its own messages"


async def test_preparing_spends_the_key(session: Session, group: str) -> None:
    """Two messages from one state would share a key and a nonce."""
    alice = session.client("alice.phone")
    first = await alice.prepare(Send(group, b"one"))
    second = await alice.prepare(Send(group, b"two"))
    await alice.submit(second)
    await alice.submit(first)
    await session.settle()
    assert [received.data for received in session.client("bob").inbox] == [b"two", b"one"]


async def test_not_in_that_group(session: Session, group: str) -> None:
    with pytest.raises(NotAMember, match=r"carol/phone is not in the group"):
        await session.client("carol").perform(Send(group, b"?"))
    with pytest.raises(NotAMember, match=f'did you mean "{group}"'):
        await session.client("bob").perform(Send(f"{group}x", b"?"))
