"""A client in another process does what it is told there, and what it has is seen here."""

import pytest

from simulator.clients import NoRequest, NotAMember
from simulator.clients.events.events import Joined, Received
from simulator.clients.operations import AddUsers, CreateGroup, Send
from simulator.federation.processes import Elsewhere
from simulator.federation.processes.messages import News
from simulator.federation.processes.remote_client import CopiedLog
from simulator.services.refusal import Code, Refusal
from tests.federated import connected
from tests.federation.processes.conftest import Spread


async def test_a_group_of_two_processes(spread: Spread) -> None:
    async with spread(laptop=True) as session:
        alice, _, _, carol = session.clients
        assert [client.name for client in session.clients] == [
            "alice.phone",
            "alice.laptop",
            "bob.phone",
            "carol.phone",
        ]
        assert (carol.uri, carol.user) == ("mimi://c.example/d/carol/phone", "mimi://c.example/u/carol")
        await alice.request_connection(carol.user)
        await session.settle()
        (invitation,) = carol.connection_requests
        with pytest.raises(NoRequest):
            carol.ignore_request("mimi://a.example/g/none")
        assert await carol.accept_connection(alice.user) == invitation
        await session.settle()
        group = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(group, (carol.user,)))
        await alice.perform(Send(group, b"hello"))
        carol.online = False
        await session.settle()
        assert carol.inbox == ()
        carol.online = True
        assert carol.online
        await session.settle()
        assert [received.data for received in carol.inbox] == [b"hello"]
        assert carol.groups[group].epoch_authenticator == alice.groups[group].epoch_authenticator
        assert (carol.unopened, carol.unsure_of, carol.consent_requests, carol.ended(group)) == ((), (), (), ())
        carol.replenish()
        carol.lose_state(group)
        assert list(carol.groups) == [invitation]


async def test_errors_are_those_of_a_client_here(spread: Spread) -> None:
    async with spread() as session:
        alice = session.client("alice")
        with pytest.raises(NotAMember, match="alice/phone is not in the group"):
            await alice.perform(Send("mimi://a.example/g/none", b""))
        await connected(session, ("alice", "carol"))
        group = await alice.perform(CreateGroup())
        with pytest.raises(Refusal) as raised:
            await alice.perform(AddUsers(group, ("mimi://b.example/u/bob",)))
        assert raised.value.code == Code.not_authorized


async def test_what_is_not_here_says_so(spread: Spread) -> None:
    async with spread() as session:
        with pytest.raises(Elsewhere, match=r"carol\.phone is in another process: its _state can't be had from here"):
            _ = session.client("carol").state


def test_a_copy_of_a_log_takes_what_is_new_once() -> None:
    log = CopiedLog()
    joined, first, second = Joined("g", 1), *(Received("g", 1, "alice", data) for data in (b"1", b"2"))
    log.catch_up(News(1, 0, (joined,)))
    log.catch_up(News(2, 1, (joined, first)))
    log.catch_up(News(1, 0, (joined,)))
    assert log == [joined, first]
    log.catch_up(News(5, 4, (second,)))
    assert (log.total, log.forgotten, log.since(4)) == (5, 2, (second,))
    assert log.messages_since(3) == ((second,), 4)
