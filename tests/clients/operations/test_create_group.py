"""A new group has its creator alone, its id from the provider, and the provider as external sender."""

import pytest

from simulator.clients.operations import CreateGroup
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.federation import Session
from simulator.mls.framing.senders import external_senders
from tests.clients.agreement import members


@pytest.mark.parametrize("kind", [REGULAR, CONNECTION])
async def test_create(session: Session, kind: str) -> None:
    alice = session.client("alice.phone")
    uri = await alice.perform(CreateGroup(kind))
    assert uri.startswith("mimi://a.example/g/")
    assert members(session, uri) == ["alice/phone"]
    context = alice.groups[uri].public.context
    key = await session.provider("a").keys.of("a.example")
    assert [sender.signature_key for sender in external_senders(context.extensions)] == [key.public_key]
    assert session.draft.mls.kind_of(alice.groups[uri].own_leaf) == kind


async def test_two_groups_have_two_ids(session: Session) -> None:
    alice = session.client("alice.phone")
    assert await alice.perform(CreateGroup()) != await alice.perform(CreateGroup())
