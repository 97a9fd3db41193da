"""A second story about an epoch is told apart from the first one told again, and from what anybody could make up."""

from dataclasses import replace

from simulator.clients import Client
from simulator.clients.events.history import KEPT, History
from simulator.clients.operations import AddClients, ExternalJoin, Operation, UpdateClient
from simulator.federation import Session
from simulator.mls.framing.framing import PublicMessage
from tests.clients.prepared import commit_of


async def _ended(client: Client, group: str, operation: Operation) -> tuple[History, PublicMessage, PublicMessage]:
    """A history in which the operation's commit ended the epoch, that commit, and another one of the same client."""
    other = await client.prepare(UpdateClient(group))
    chosen = await client.prepare(operation)
    history = History()
    assert chosen.next is not None
    history.note(client.groups[group].public, chosen.next.public)
    return history, commit_of(chosen), commit_of(other)


async def test_another_commit_for_the_same_epoch(session: Session, group: str) -> None:
    alice = session.client("alice.phone")
    history, chosen, other = await _ended(alice, group, UpdateClient(group))
    assert history.rival(other, session.now) == alice.uri
    assert history.rival(chosen, session.now) is None
    assert history.ended(group.encode()) == (alice.groups[group].public,)
    assert history.ended(b"mimi://a.example/g/other") == ()


async def test_another_joiner(session: Session, group: str) -> None:
    alice, laptop = session.client("alice.phone"), session.client("alice.laptop")
    history, _, _ = await _ended(alice, group, AddClients(group, (laptop.uri,)))
    joining = commit_of(await laptop.prepare(ExternalJoin(group)))
    assert history.rival(joining, session.now) == laptop.uri


async def test_what_no_member_has_signed_is_no_evidence(session: Session, group: str) -> None:
    history, _, other = await _ended(session.client("alice.phone"), group, UpdateClient(group))
    assert history.rival(replace(other, signature=bytes(64)), session.now) is None


async def test_other_groups_other_epochs_and_other_messages(session: Session, group: str) -> None:
    history, _, other = await _ended(session.client("alice.phone"), group, UpdateClient(group))
    elsewhere = replace(other, content=replace(other.content, group_id=b"mimi://a.example/g/other"))
    assert history.rival(elsewhere, session.now) is None
    later = replace(other, content=replace(other.content, epoch=7))
    assert history.rival(later, session.now) is None


async def test_only_the_last_epochs_are_kept(session: Session, group: str) -> None:
    alice, history = session.client("alice.phone"), History()
    first = commit_of(await alice.prepare(UpdateClient(group)))
    for number in range(KEPT + 1):
        before = alice.groups[group].public
        await alice.perform(UpdateClient(group))
        history.note(before, alice.groups[group].public)
        assert (history.rival(first, session.now) is None) == (number == KEPT)
