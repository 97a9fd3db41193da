"""A provider knows which of its clients has sent a message, and which are in rooms of other hubs."""

from dataclasses import replace

import pytest

from simulator.clients.members import clients as members
from simulator.clients.operations import AddUsers, CreateGroup, ExternalJoin, Leave, UpdateClient
from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.binding.group_info import GROUP_INFO
from simulator.drafts.mimi_protocol_06.binding.submit_message import write_submit_message
from simulator.drafts.mimi_protocol_06.binding.update import write_update
from simulator.drafts.mimi_protocol_06.rules.deliveries import fanned_out_welcome
from simulator.drafts.mimi_protocol_06.rules.own_requests import accepted, asking, left, refused, submitted_by
from simulator.drafts.requests.endpoint import Outgoing
from simulator.net import TransportError
from simulator.net.faults import DropAnswer, RequestMatch
from tests.drafts.mimi_protocol_06.hub import GROUP, ROOM, Hub, Member, commit_request, external_commit, message_request
from tests.federated import federation

HUB = "a.example"


@pytest.fixture
def bob(room: Hub) -> Member:
    return room.member("bob.phone@b")


def own(hub: Hub) -> tuple[str, ...]:
    return hub.store.own_members.of(GROUP.encode())


def joining(room: Hub, name: str) -> Outgoing:
    client = room.member(name)
    request, _ = external_commit(client, room)
    outgoing = write_update("external_join", ROOM, encode(request), sender=client.provider, recipient=HUB)
    return replace(outgoing, client=client.uri)


@pytest.fixture
def follower(hub: Hub) -> Hub:
    """b.example, with bob's tablet."""
    made = Hub(provider="b.example")
    made.member("bob.watch@b")
    return made


def test_who_has_sent_a_message_is_known_before_it_is_sent(room: Hub, bob: Member) -> None:
    message, bundle = bob.say(b"hello"), bob.commit()
    bodies = (encode(message_request(message, bob)), encode(commit_request(bundle)))
    for body, write in zip(bodies, (write_submit_message, write_update), strict=True):
        outgoing = write("operation", ROOM, body, sender="b.example", recipient=HUB)
        room.do(lambda context, outgoing=outgoing: asking(replace(outgoing, client=bob.uri), context))
    assert submitted_by(message, room.context) == submitted_by(bundle.message, room.context) == bob.uri
    assert submitted_by(bob.say(b"another"), room.context) is None
    assert own(room) == ()
    room.do(lambda context: refused(replace(outgoing, client=bob.uri), context))
    assert submitted_by(bundle.message, room.context) is None, "nobody has taken it"


def test_it_is_forgotten_when_nobody_repeats_it_any_more(room: Hub, bob: Member) -> None:
    messages = [bob.say(text) for text in (b"one", b"two")]
    for message in messages:
        body = encode(message_request(message, bob))
        outgoing = write_submit_message("send", ROOM, body, sender="b.example", recipient=HUB)
        room.do(lambda context, outgoing=outgoing: asking(replace(outgoing, client=bob.uri), context))
        room.now += room.policy.repetition_window + 1
    assert [submitted_by(message, room.context) for message in messages] == [None, bob.uri]


def test_a_joiner_is_a_member_until_that_is_refused(room: Hub, follower: Hub) -> None:
    outgoing = joining(room, "bob.watch@b")
    follower.do(lambda context: asking(outgoing, context))
    assert own(follower) == (outgoing.client,)
    follower.do(lambda context: refused(outgoing, context))
    assert own(follower) == ()
    follower.do(lambda context: asking(outgoing, context))
    follower.do(lambda context: accepted(outgoing, context))
    follower.do(lambda context: refused(outgoing, context))
    assert own(follower) == (outgoing.client,), "it was let in before"


def test_of_its_own_rooms_the_hub_has_the_members(room: Hub) -> None:
    outgoing = joining(room, "alice.laptop@a")
    room.do(lambda context: asking(outgoing, context))
    room.do(lambda context: accepted(outgoing, context))
    assert own(room) == ()


def test_what_can_not_be_read_or_is_fanned_out_to_nobody_is_not_noted(room: Hub, bob: Member) -> None:
    before = room.store.fingerprint()
    junk = write_update("update", ROOM, b"junk", sender="b.example", recipient=HUB)
    other = Outgoing("question", GROUP_INFO, HUB, b"", {"roomId": ROOM})
    for outgoing in (junk, other):
        for note in (asking, accepted, refused):
            room.do(lambda context, note=note, outgoing=outgoing: note(replace(outgoing, client=bob.uri), context))
    assert room.store.fingerprint() == before


def test_who_has_left_gets_nothing_more_unless_invited_again(room: Hub, follower: Hub) -> None:
    watch = follower.member("bob.watch@b")
    group = GROUP.encode()
    follower.do(lambda context: context.store.own_members.add(group, watch.uri))
    alice = room.member("alice.phone@a")
    bundle = alice.commit(*room.adding(alice, room.member("dave.phone@d")))
    message = fanned_out_welcome(7, bundle.welcomes[0].body, bundle.next.public.ratchet_tree())
    follower.do(lambda context: context.store.queues.append((watch.uri,), HUB, b"1", group, encode(message)))
    follower.do(lambda context: left(watch.uri, GROUP, context))
    assert own(follower) == (watch.uri,)
    follower.do(lambda context: context.store.queues.acknowledge(watch.uri, 1))
    follower.do(lambda context: left(watch.uri, GROUP, context))
    assert own(follower) == ()


async def test_what_is_stapled_to_a_joiners_commit_may_come_before_the_answer_to_it() -> None:
    """The hub has taken carol's commit, and she does not know yet when it brings what it proposes anew."""
    async with federation(draft="mimi-protocol-06", laptop=True) as session:
        bob, alice, carol = (session.client(name) for name in ("bob", "alice.phone", "carol"))
        for other in (alice, carol):
            await bob.request_connection(other.user)
            await session.settle()
            await other.accept_connection(bob.user)
        await session.settle()
        group = await bob.perform(CreateGroup())
        await bob.perform(AddUsers(group, (alice.user, carol.user)))
        await session.settle()
        await alice.perform(Leave(group))
        await session.settle()
        lost = RequestMatch(endpoint="update", sender="c.example", times=1)
        with session.inject(DropAnswer(where=lost)), pytest.raises(TransportError):
            await carol.perform(ExternalJoin(group))
        await session.settle()
        assert not carol.unanswered
        names = [type(each.proposal).__name__ for each in carol.groups[group].public.proposals.values()]
        assert names == ["Remove", "AppDataUpdate"]
        await carol.perform(UpdateClient(group))
        await session.settle()
        assert sorted(members(bob.groups[group]).values()) == [bob.uri, carol.uri]
