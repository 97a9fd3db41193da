"""A message that an honest client would not encrypt: the group has ended, or somebody is about to go."""

import pytest

from simulator.clients.adversary import OddMessage
from simulator.clients.adversary.odd_commit import OddCommit
from simulator.clients.operations import Leave, Send
from simulator.federation import Session
from simulator.mls.errors import MLSError
from simulator.services.refusal import Code, Refusal


async def test_after_the_end(session: Session, group: str) -> None:
    bob = session.client("bob")
    await bob.perform(OddCommit(group, "re_initialize_group", successor="mimi://a.example/g/next"))
    with pytest.raises(MLSError):
        await bob.perform(Send(group, b"hello"))
    with pytest.raises(Refusal, match="a ReInit has ended this group") as refused:
        await bob.perform(OddMessage(group, b"hello"))
    assert refused.value.code is Code.not_authorized
    assert bob.groups[group].public.reinit is not None


async def test_before_a_commit(session: Session, group: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    await bob.perform(Leave(group))
    for text in (b"one", b"two"):
        await bob.perform(OddMessage(group, text))
    await session.settle()
    assert [message.data for message in alice.inbox] == [b"one", b"two"]
