"""Roles and settings, where a draft has such things."""

import pytest

from simulator.clients.operations import ChangeGroup
from simulator.errors import Misuse
from simulator.federation import Session
from simulator.mls.commits.commit import ProposalByValue
from simulator.services import commands
from tests.drafts.mimi_protocol_06.members import ALICE, URI, client, new_room, prepared


async def test_a_draft_without_roles_changes_none(session: Session, group: str) -> None:
    alice = session.client("alice.phone")
    with pytest.raises(Misuse, match="nothing of the kind to be changed: bob, name"):
        await alice.perform(ChangeGroup(group, {"bob": "admin"}, {"name": "Pub"}))


async def test_a_commit_of_what_the_draft_wants() -> None:
    alice = client(ALICE)
    new_room(alice)
    command = await prepared(alice, ChangeGroup(URI, settings={"name": "Pub"}))
    assert isinstance(command, commands.ChangeGroup)
    assert command.update.commit.body.content.epoch == 0
    (change,) = command.update.commit.body.content.content.proposals
    assert isinstance(change, ProposalByValue), "what waits in a queue an external commit would void"
    assert alice.group(URI).epoch == 1
