"""An update renews the leaf's encryption key and begins an epoch."""

from simulator.clients.operations import UpdateClient
from simulator.federation import Session
from tests.clients.agreement import members


async def test_update(session: Session, group: str) -> None:
    bob = session.client("bob")
    before = bob.groups[group].public.members()[1].leaf_node
    await bob.perform(UpdateClient(group))
    await session.settle()
    after = session.client("alice.phone").groups[group].public.members()[1].leaf_node
    assert after.encryption_key != before.encryption_key
    assert after.credential == before.credential
    assert members(session, group) == ["alice/phone", "bob/phone"]
    assert bob.groups[group].epoch == 2
