"""A client asks for nothing before its turn; what is between it and its own queue needs none."""

import trio
from trio.testing import wait_all_tasks_blocked

from simulator.clients.operations import CreateGroup
from simulator.federation.processes.turn import Turn, keep_to
from tests.federated import federation


async def test_it_is_always_ones_turn_but_while_it_is_awaited() -> None:
    turn, seen = Turn(), []

    async def ask() -> None:
        await turn.wait()
        seen.append("asked")

    async with trio.open_nursery() as nursery:
        await ask()
        with turn.awaited():
            nursery.start_soon(ask)
            await wait_all_tasks_blocked()
            assert seen == ["asked"]
            turn.come()
            await wait_all_tasks_blocked()
            assert seen == ["asked"] * 2
            await ask()
        with turn.awaited():
            pass
        await ask()


async def test_a_client_waits_before_it_asks() -> None:
    async with federation() as session:
        turn, alice = Turn(), session.client("alice")
        keep_to(turn, alice)
        with turn.awaited():
            with trio.move_on_after(0) as scope:
                await alice.perform(CreateGroup())
            assert scope.cancelled_caught
            assert await alice.sync() == ()
        assert (await alice.perform(CreateGroup())).startswith("mimi://a.example/g/")
