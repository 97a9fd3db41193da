"""A client reads its queue, as far as that can be done now."""

import pytest

from simulator.clients.operations import AddUsers, CreateGroup, Send
from simulator.federation import open_session
from simulator.federation.reading import read_queue
from simulator.machine import MachineFailure
from tests.federated import NOW, connected, federation, topology


async def test_whether_there_was_anything_new() -> None:
    async with federation() as session:
        await connected(session, ("alice", "bob"))
        alice, user, client = session.client("alice"), session.user("bob"), session.client("bob")
        team = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(team, (user.uri,)))
        await session.settle()
        assert not await read_queue(user, client)
        await alice.perform(Send(team, b"news"))
        await session.rest()
        assert await read_queue(user, client)
        assert [each.data for each in client.inbox] == [b"news"]


async def test_who_is_down_says_nothing_and_a_machine_s_failure_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_session(topology(), seed=1, now=NOW) as session:
        user, client = session.user("bob"), session.client("bob")
        await session.stop("b.example")
        assert not await read_queue(user, client)
        assert session.faults == ()

        async def broken() -> None:
            raise MachineFailure("no disk")

        monkeypatch.setattr(client, "sync", broken)
        assert not await read_queue(user, client)
        assert [str(fault) for fault in session.faults] == ["no disk"]
