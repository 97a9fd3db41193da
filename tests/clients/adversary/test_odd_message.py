"""A message that an honest client would not encrypt: the group has ended, or somebody is about to go."""

import pytest

from simulator.clients.adversary import OddMessage
from simulator.clients.adversary.odd_commit import OddCommit
from simulator.clients.operations import Leave, Send
from simulator.errors import SimulatorError
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


async def test_what_the_hub_can_see_it_refuses(session: Session, group: str) -> None:
    with pytest.raises(Refusal, match="no PrivateMessage with application data"):
        await session.client("bob").perform(OddMessage(group, b"hello", "in_public"))
    with pytest.raises(SimulatorError, match='no message has the flaw "public"'):
        await session.client("bob").perform(OddMessage(group, b"hello", "public"))


@pytest.mark.parametrize(
    ("flaw", "rule"), [("filled_padding", "6.3.1-NONZERO-PADDING"), ("far_generation", "9.2-GENERATION-TOO-FAR")]
)
async def test_what_it_can_not_the_members_refuse(session: Session, group: str, flaw: str, rule: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    await bob.perform(OddMessage(group, b"one", flaw))
    await bob.perform(Send(group, b"two"))
    await session.settle()
    assert [message.data for message in alice.inbox] == [b"two"]
    session.waive([f"RFC9420-{rule}"])
    await bob.perform(OddMessage(group, b"three", flaw))
    await session.settle()
    assert [message.data for message in alice.inbox] == [b"two", b"three"]


async def test_before_a_commit(session: Session, group: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    await bob.perform(Leave(group))
    for text in (b"one", b"two"):
        await bob.perform(OddMessage(group, text))
    await session.settle()
    assert [message.data for message in alice.inbox] == [b"one", b"two"]
