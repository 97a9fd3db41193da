"""Clients that look after themselves."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
import trio
import trio.testing

from simulator.clients import Client
from simulator.clients.events.events import Joined, Received
from simulator.clients.operations import Send
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.federation.control.actions.add import Add
from simulator.federation.control.actions.connect import Connect
from simulator.federation.control.actions.create import Create
from simulator.federation.control.client_upkeep import maintain
from simulator.federation.control.operator import Operator
from simulator.net.faults import Hold, RequestMatch, Respond


async def _noticed(client: Client, kind: type) -> None:
    while not any(isinstance(event, kind) for event in client.events):
        await trio.lowlevel.checkpoint()


@pytest.fixture
async def maintained(operator: Operator, nursery: trio.Nursery) -> AsyncIterator[Operator]:
    nursery.start_soon(partial(maintain, operator, lambda error: pytest.fail(str(error)), accepting=True))
    yield operator
    nursery.cancel_scope.cancel()


async def test_they_read_their_queues(team: str, maintained: Operator) -> None:
    await maintained.perform("alice", Send(team, b"hello"))
    with trio.fail_after(20):
        await _noticed(maintained.client("bob"), Received)


async def test_they_agree_to_connections_if_so_told(maintained: Operator) -> None:
    await Connect(from_="alice", to=("bob",), accept=False).run(maintained)
    with trio.fail_after(20):
        await _noticed(maintained.client("bob"), Joined)


async def test_they_agree_to_requests_without_a_group_too(by_request: Operator, nursery: trio.Nursery) -> None:
    await Connect(from_="alice", to=("bob",), accept=False).run(by_request)
    nursery.start_soon(partial(maintain, by_request, lambda error: pytest.fail(str(error)), accepting=True))
    with trio.fail_after(20):
        while by_request.client("bob").consent_requests:
            await trio.lowlevel.checkpoint()
    nursery.cancel_scope.cancel()
    group = (await Create(by="alice").run(by_request)).group
    await Add(by="alice", group=group, users=("bob",)).run(by_request)


async def test_one_request_that_leads_nowhere_now_keeps_no_other_waiting(
    operator: Operator, nursery: trio.Nursery
) -> None:
    await Connect(from_="carol", to=("bob",), accept=False).run(operator)
    await Connect(from_="alice", to=("bob",), accept=False).run(operator)
    bob = operator.client("bob")
    await bob.sync()
    theirs, ours = bob.connection_requests
    where = RequestMatch(sender="b.example", recipient="c.example", endpoint="welcome_information")
    number = operator.inject(Respond(where=where, status=503))
    nursery.start_soon(partial(maintain, operator, lambda error: pytest.fail(str(error)), accepting=True))
    with trio.fail_after(20):
        while ours not in bob.groups:
            await trio.lowlevel.checkpoint()
        assert bob.connection_requests == (theirs,)
        await operator.repair(number)
        while theirs not in bob.groups:
            await trio.lowlevel.checkpoint()
    nursery.cancel_scope.cancel()


async def test_otherwise_they_do_not(operator: Operator, nursery: trio.Nursery) -> None:
    answer = await Connect(from_="alice", to=("bob",), accept=False).run(operator)
    nursery.start_soon(partial(maintain, operator, lambda error: pytest.fail(str(error)), accepting=False))
    bob = operator.client("bob")
    with trio.fail_after(20):
        while not bob.events:
            await trio.lowlevel.checkpoint()
    assert bob.connection_requests == (answer.connections[0].group,)
    nursery.cancel_scope.cancel()


async def test_a_fault_of_ours_is_reported_and_they_go_on(
    operator: Operator, nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(self: Client) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(Client, "sync", broken)
    seen = trio.Event()
    nursery.start_soon(partial(maintain, operator, lambda error: seen.set(), accepting=False))
    with trio.fail_after(20):
        await seen.wait()
    nursery.cancel_scope.cancel()


async def test_they_fill_their_stock_of_key_packages(operator: Operator, nursery: trio.Nursery) -> None:
    """Those who serve for days never come back online: they are."""
    await Connect(from_="alice", to=("bob",), accept=False).run(operator)
    bob = operator.client("bob")
    wanted, _ = bob.state.home.key_packages_left(bob.uri, REGULAR)
    assert bob.state.home.key_packages_left(bob.uri, CONNECTION)[0] == wanted - 1
    nursery.start_soon(partial(maintain, operator, lambda error: pytest.fail(str(error)), accepting=False))
    with trio.fail_after(20):
        while bob.state.home.key_packages_left(bob.uri, CONNECTION)[0] < wanted:
            await trio.lowlevel.checkpoint()
    nursery.cancel_scope.cancel()


@pytest.mark.parametrize("accepting", [False, True], ids=["a-welcome", "a-connection-request"])
async def test_an_owner_that_does_not_answer_keeps_a_client_from_nothing_else(
    operator: Operator, team: str, nursery: trio.Nursery, accepting: bool
) -> None:
    """Not while the client looks after itself, nor when it reads its queue before it acts."""
    await Connect(from_="carol", to=("bob",), accept=not accepting).run(operator)
    if not accepting:
        theirs = (await Create(by="carol").run(operator)).group
        await Add(by="carol", group=theirs, users=("bob",)).run(operator)
    hurried = Operator(operator.session, timeout=0.1)
    where = RequestMatch(sender="b.example", recipient="c.example", endpoint="welcome_information")
    number = hurried.inject(Hold(where=where))
    with trio.fail_after(20):
        await hurried.perform("bob", Send(team, b"before"))
        nursery.start_soon(partial(maintain, hurried, lambda error: pytest.fail(str(error)), accepting=accepting))
        await trio.testing.wait_all_tasks_blocked()
        await hurried.perform("bob", Send(team, b"meanwhile"))
        await _noticed(hurried.client("alice"), Received)
    nursery.cancel_scope.cancel()
    await hurried.repair(number)
