"""What one group's hub doesn't answer keeps a client from that group alone; what comes together is read together."""

from dataclasses import replace
from functools import partial

import pytest

from simulator.clients.backoff import GIVES_UP_AFTER, LONGEST
from simulator.clients.events.events import Joined, Rejected, Removed
from simulator.clients.operations import AddUsers, CreateGroup, ExternalJoin, RemoveUsers, Send, UpdateClient
from simulator.codec import decode
from simulator.drafts.mimi_protocol_06.messages.update import UpdateRequest
from simulator.drafts.mimi_transport_00.mls_profile import TransportProfile
from simulator.drafts.received_message import ReceivedMessage
from simulator.federation import Session
from simulator.net.faults import DropAnswer, RequestMatch, Respond
from simulator.provider.client_api import ClientAPI
from simulator.scenario.running.membership import caught_up
from simulator.services.delivery.deliveries import Delivery
from simulator.services.delivery.queueing import enqueue
from simulator.storage import InjectedStoreError, QueuedMessage
from tests.breaking import breaks
from tests.decisions import decisions
from tests.federated import connected, federation

ASKED = RequestMatch(sender="b.example", recipient="c.example", endpoint="welcome_information")
"""bob asks carol's provider for the tree of the group into which she has invited him."""
WAYS = [
    Respond(where=ASKED, status=429),
    Respond(where=ASKED, status=503),
    Respond(where=ASKED, status=200),
    DropAnswer(where=ASKED),
]


async def _invited(session: Session) -> tuple[str, str]:
    """bob is in a group of alice's, and has, unread, a Welcome and a message of carol's, and then one of alice's."""
    await connected(session, ("alice", "bob"), ("carol", "bob"))
    alice, bob, carol = (session.client(name) for name in ("alice", "bob", "carol"))
    ours = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(ours, (bob.user,)))
    await session.settle()
    bob.online = False
    theirs = await carol.perform(CreateGroup())
    await carol.perform(AddUsers(theirs, (bob.user,)))
    await carol.perform(Send(theirs, b"behind the Welcome"))
    await alice.perform(Send(ours, b"elsewhere"))
    await session.settle()
    bob.online = True
    return ours, theirs


def _read(session: Session) -> list[bytes]:
    return [message.data for message in session.client("bob").inbox]


@pytest.mark.parametrize("way", WAYS, ids=["429", "503", "nonsense", "no answer"])
async def test_others_are_read_at_once_and_nothing_is_lost(way: Respond | DropAnswer) -> None:
    async with federation() as session:
        _, theirs = await _invited(session)
        with session.inject(way):
            await session.settle()
            assert _read(session) == [b"elsewhere"]
            assert session.client("bob").unopened == (theirs,)
            assert session.client("bob") not in caught_up(session)
        session.advance(LONGEST)
        await session.settle()
        assert session.client("bob").unopened == ()
        assert session.client("bob") in caught_up(session)
        assert _read(session) == [b"elsewhere", b"behind the Welcome"]
        assert theirs in session.client("bob").groups


async def test_an_owner_that_is_down_is_asked_when_it_is_back() -> None:
    async with federation() as session:
        ours, theirs = await _invited(session)
        await session.crash("c")
        await session.settle()
        assert _read(session) == [b"elsewhere"]
        assert ours in session.client("bob").groups
        await session.start("c")
        session.advance(LONGEST)
        await session.settle()
        assert Joined(theirs, 1) in session.client("bob").events
        assert _read(session) == [b"elsewhere", b"behind the Welcome"]


async def test_pauses_grow_and_after_a_week_the_welcome_is_given_up() -> None:
    async with federation() as session:
        _, theirs = await _invited(session)
        bob = session.client("bob")
        with session.inject(Respond(where=ASKED, status=503)):
            for _ in range(2 * GIVES_UP_AFTER // LONGEST):
                session.advance(LONGEST)
                await session.settle()
                if any(isinstance(event, Rejected) for event in bob.events):
                    break
        asked = [e for e in session.recorder.exchanges if e.endpoint == "welcome_information" and e.status != 200]
        assert len(asked) < GIVES_UP_AFTER // LONGEST + 20
        rejected = [event for event in bob.events if isinstance(event, Rejected)]
        assert [event.rule for event in rejected] == ["unreachable", "not_a_member"]
        assert rejected[0].group == theirs
        assert "could not be asked for a week" in rejected[0].reason
        await session.settle()
        assert _read(session) == [b"elsewhere"]


async def test_messages_that_come_together_are_read_in_order() -> None:
    async with federation() as session:
        await connected(session, ("alice", "bob"))
        alice, bob = session.client("alice"), session.client("bob")
        group = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(group, (bob.user,)))
        await session.settle()
        bob.online = False
        for text in (b"one", b"two"):
            await alice.perform(Send(group, text))
        await session.settle()
        home, draft = session.provider("b"), bob.state.draft
        waiting = {queued.number: queued for queued in home.client_api.fetch(bob.uri)}

        def all_at_once(queued: QueuedMessage) -> ReceivedMessage:
            together = [each for each in waiting.values() if each.number >= queued.number]
            return ReceivedMessage(tuple(message for each in together for message in draft.read_message(each).messages))

        bob.state.draft = replace(draft, read_message=all_at_once)
        bob.online = True
        await session.settle()
        assert _read(session) == [b"one", b"two"]
        assert isinstance(bob.events[-1], Rejected), "the second came once more, and its key is gone"
        assert home.queued(bob.uri) == 0


async def test_a_welcome_that_brings_its_tree_needs_no_answer() -> None:
    async with federation() as session:
        _, theirs = await _invited(session)
        bob, tree = session.client("bob"), session.client("carol").groups[theirs].public.ratchet_tree()
        draft = bob.state.draft
        bob.state.draft = replace(
            draft, read_message=lambda queued: replace(draft.read_message(queued), ratchet_tree=tree)
        )
        before = len(session.recorder.exchanges)
        await session.settle()
        assert len(session.recorder.exchanges) == before
        assert Joined(theirs, 1) in bob.events
        assert _read(session) == [b"elsewhere", b"behind the Welcome"]


async def test_what_can_not_be_decoded_is_rejected_and_taken_off_the_queue() -> None:
    async with federation() as session:
        await connected(session, ("alice", "bob"))
        bob, home = session.client("bob"), session.provider("b")
        group = await session.client("alice").perform(CreateGroup())
        rubbish = Delivery("notify", group.encode(), (bob.uri,), b"rubbish")
        home.executor.do(partial(enqueue, rubbish, "a.example"))
        with breaks("MLS-MALFORMED", bob.state):
            await session.settle()
        event = bob.events[-1]
        assert isinstance(event, Rejected)
        assert (event.group, event.rule, event.rules) == (group, "malformed", ("MLS-MALFORMED",))
        assert home.queued(bob.uri) == 0


class _Forgiving(TransportProfile):
    ignores_past_handshakes = True


@pytest.mark.parametrize("ignores", [True, False])
async def test_where_commits_of_the_past_may_come_they_mean_nothing(ignores: bool) -> None:
    async with federation() as session:
        await connected(session, ("alice", "bob"))
        alice, bob = session.client("alice"), session.client("bob")
        group = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(group, (bob.user,)))
        await session.settle()
        draft, since = bob.state.draft, len(session.recorder.events)

        def twice(queued: QueuedMessage) -> ReceivedMessage:
            return ReceivedMessage(draft.read_message(queued).messages * 2)

        bob.state.draft = replace(draft, read_message=twice, mls=_Forgiving() if ignores else draft.mls)
        await alice.perform(UpdateClient(group))
        await session.settle()
        rejected = [event.rule for event in bob.events if isinstance(event, Rejected)]
        dropped = [each.name for each in decisions(session, since) if each.requirement == "CLIENT-DROPS-PAST"]
        assert (rejected, dropped) == (([], ["bob.phone"]) if ignores else (["wrong_epoch"], []))


async def test_what_comes_with_ones_removal_is_for_those_who_stay() -> None:
    async with federation() as session:
        await connected(session, ("alice", "bob"))
        alice, bob = session.client("alice"), session.client("bob")
        group = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(group, (bob.user,)))
        await session.settle()
        draft = bob.state.draft

        def twice(queued: QueuedMessage) -> ReceivedMessage:
            return ReceivedMessage(draft.read_message(queued).messages * 2)

        bob.state.draft = replace(draft, read_message=twice)
        await alice.perform(RemoveUsers(group, (bob.user,)))
        await session.settle()
        assert isinstance(bob.events[-1], Removed)


async def test_a_welcome_that_ones_own_external_commit_has_overtaken_means_nothing() -> None:
    """It leads to a leaf that is not there any more; nor is anything left that could open it."""
    async with federation(draft="mimi-protocol-06") as session:
        await connected(session, ("alice", "bob"))
        alice, bob = session.client("alice"), session.client("bob")
        group = await alice.perform(CreateGroup())
        bob.online, since = False, len(session.recorder.events)
        adding = await alice.prepare(AddUsers(group, (bob.user,)))
        await alice.submit(adding)
        await session.settle()
        await bob.perform(ExternalJoin(group))
        bob.online = True
        await session.settle()
        assert bob.events[-1] == Joined(group, 2)
        assert bob.groups[group].epoch_authenticator == alice.groups[group].epoch_authenticator
        (why,) = [each for each in decisions(session, since) if each.requirement == "CLIENT-DROPS-PAST"]
        assert (why.name, why.reason) == ("bob.phone", "the Welcome is to epoch 1, and we are in epoch 2")
        commit = decode(UpdateRequest, adding.outgoing.body).bundle.commit
        assert commit is not None
        assert commit.welcome is not None
        assert bob.state.stock.find(each.new_member for each in commit.welcome.secrets) is None


async def test_a_removal_that_its_provider_can_not_note_is_read_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    async with federation(draft="mimi-protocol-06") as session:
        await connected(session, ("alice.phone", "bob"))
        alice, bob = session.client("alice.phone"), session.client("bob")
        group = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(group, (session.user("bob").uri,)))
        await session.settle()
        left, failed = ClientAPI.left, list[str]()

        def fails_once(self: ClientAPI, client: str, group: str) -> None:
            if not failed:
                failed.append(client)
                raise InjectedStoreError("once")
            left(self, client, group)

        monkeypatch.setattr(ClientAPI, "left", fails_once)
        await alice.perform(RemoveUsers(group, (session.user("bob").uri,)))
        await session.settle()
        await session.settle()
        assert failed == [bob.uri]
        assert isinstance(bob.events[-1], Removed)
        assert group not in bob.groups
        assert session.provider("b").queued(bob.uri) == 0
