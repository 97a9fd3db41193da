"""A group does not end in favour of one that can't be, and its members don't believe an owner who says that it has."""

import pytest

from simulator.clients.adversary import ImpossibleSuccessor
from simulator.clients.events.events import Rejected
from simulator.codec import decode
from simulator.drafts.mimi_transport_00.messages.delivery import DSRequest
from simulator.federation import Session
from simulator.provider.adversary import tell
from simulator.services.refusal import Code, Refusal
from tests.clients.agreement import members


async def test_an_extension_type_twice(session: Session, group: str) -> None:
    bob = session.client("bob")
    prepared = await bob.prepare(ImpossibleSuccessor(group, "mimi://a.example/g/next"))
    with pytest.raises(Refusal, match="occurs twice") as refused:
        await bob.submit(prepared)
    assert refused.value.code is Code.invalid_proposal
    assert members(session, group) == ["alice/phone", "bob/phone"]
    commit = decode(DSRequest, prepared.outgoing.body).body.group_update.commit
    alice = session.client("alice.phone")
    tell(session.provider("a"), group, commit, [alice.uri])
    await session.settle()
    assert [event.rule for event in alice.events if isinstance(event, Rejected)] == ["duplicate_extension"]
    assert alice.groups[group].active
