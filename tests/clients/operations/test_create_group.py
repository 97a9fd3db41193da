"""A new group has its creator alone, its id from the provider, and the provider as external sender."""

import pytest

from simulator.clients.operations import CreateGroup
from simulator.federation import Session
from simulator.services.extensions import external_senders, group_version, is_connection
from tests.clients.agreement import members


@pytest.mark.parametrize("connection", [False, True])
async def test_create(session: Session, connection: bool) -> None:
    alice = session.client("alice.phone")
    uri = await alice.perform(CreateGroup(connection=connection))
    assert uri.startswith("mimi://a.example/g/")
    assert members(session, uri) == ["alice/phone"]
    context = alice.groups[uri].public.context
    key = await session.provider("a").peers.verification_key("a.example")
    assert [sender.signature_key for sender in external_senders(context.extensions)] == [key.public_key]
    assert group_version(context.extensions) == session.draft.version
    assert is_connection(alice.groups[uri].public.members()[0].leaf_node.extensions) is connection


async def test_two_groups_have_two_ids(session: Session) -> None:
    alice = session.client("alice.phone")
    assert await alice.perform(CreateGroup()) != await alice.perform(CreateGroup())
