"""Every statement fails, everywhere in the story; nothing that was accepted is lost, doubled or swapped, the failure is
its own provider's, and all goes on after it.

`make durability` lets statements fail at random, several in a row.
"""

from itertools import cycle

import pytest

from simulator.federation import open_session
from simulator.machine import machine_failure
from simulator.storage import StoreError
from tests.durability.crashes import PassedFailpoint, Run, directory, tell
from tests.durability.failing_stores import FailingStores, Statement, Trouble
from tests.durability.story import topology
from tests.federated import NOW


@pytest.mark.parametrize("rolls_back", [True, False], ids=["rolled-back", "left-open"])
async def test_every_statement(rolls_back: bool) -> None:
    """Once at each provider; a provider that crashes meets it as it comes back, too."""
    troubles = cycle(trouble for trouble in Trouble if trouble.rolls_back is rolls_back)

    def crashes(failpoint: PassedFailpoint, run: Run) -> bool:
        return failpoint.operation == "send_message" and failpoint not in run.crashed

    def fails(statement: Statement, run: Run) -> Trouble | None:
        return None if statement in run.failed else next(troubles)

    run = await tell(crashes, fails=fails, paying=True)
    assert set(run.failed) == set(run.asked)
    begun = {statement.text.split()[0] for statement in run.failed}
    assert begun >= {"BEGIN", "COMMIT", "ROLLBACK", "SELECT", "INSERT", "UPDATE", "DELETE", "PRAGMA", "WITH"}
    assert (run.sent, run.delivered) == (13, 42)


async def test_while_a_federation_is_opened() -> None:
    """It says so, and leaves nothing open."""
    troubles, failed = cycle(Trouble), set[Statement]()

    def fails(statement: Statement) -> Trouble | None:
        if statement in failed:
            return None
        failed.add(statement)
        return next(troubles)

    stores, ends = FailingStores(fails), list[BaseException | None]()
    with stores.installed(), stores.failing():
        while not ends or ends[-1] is not None:
            with directory() as files:
                ends.append(await _failure(files))
            assert len(ends) < 100, "it never succeeds"
    assert {type(machine_failure(end)) for end in ends if end is not None} == {StoreError}
    assert {statement.text.split()[0] for statement in failed} >= {"BEGIN;", "BEGIN", "INSERT", "COMMIT", "PRAGMA"}


async def _failure(files: str) -> BaseException | None:
    """Why the story's federation can't be opened, if so."""
    try:
        async with open_session(topology(files), seed=1, now=NOW):
            return None
    except Exception as error:
        return error
