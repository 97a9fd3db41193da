"""Nothing is under way if that is so in all processes at one moment."""

from collections.abc import Sequence

import trio

from simulator.clients.operations import CreateGroup, Send
from simulator.federation.processes.quiescence import until_still
from simulator.provider import Counts
from tests.federated import connected
from tests.federation.processes.conftest import Spread


async def _rounds(*answers: Sequence[Counts]) -> int:
    """After how many rounds it is still; the last answers are given again and again."""
    asked = 0

    async def count() -> Sequence[Counts]:
        nonlocal asked
        await trio.lowlevel.checkpoint()
        asked += 1
        return answers[min(asked, len(answers)) - 1]

    await until_still(count)
    return asked


async def test_two_rounds_are_alike() -> None:
    assert await _rounds([Counts(0, 0, 5), Counts(0, 0, 7)]) == 2


async def test_what_has_begun_and_ended_in_between_is_noticed() -> None:
    assert await _rounds([Counts(0, 0, 5), Counts(0, 0, 7)], [Counts(0, 0, 7), Counts(0, 0, 7)]) == 3


async def test_work_is_waited_for() -> None:
    assert await _rounds(*[[Counts(1, 0, 5)]] * 3, [Counts(0, 0, 6)]) == 5


async def test_what_is_held_up_in_another_process_is_not() -> None:
    assert await _rounds([Counts(1, 0, 5), Counts(0, 1, 7)]) == 2


async def test_all_that_follows_has_happened(spread: Spread) -> None:
    async with spread() as session:
        await connected(session, ("alice", "bob"), ("alice", "carol"))
        alice = session.client("alice")
        group = await alice.perform(CreateGroup())
        await alice.perform(Send(group, b"hello"))
        await session.rest()
        assert [provider.executor.store.outbox.providers() for provider in session.providers] == [()] * 3
