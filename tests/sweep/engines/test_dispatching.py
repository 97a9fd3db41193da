"""Tasks go to whoever is free, come again where a worker died, and their outcomes out as they end."""

from collections.abc import Iterator
from itertools import count

import pytest
import trio

from simulator.sweep.engines.dispatching import Dispatcher
from simulator.sweep.engines.engine import EngineLost
from simulator.sweep.engines.tasks import Outcome, Task


def tasks() -> Iterator[Task]:
    return (Task(str(number), "a:function", number) for number in count())


async def nothing_to_take(dispatcher: Dispatcher) -> None:
    """Nothing can be taken now."""
    with trio.move_on_after(0.01) as scope:
        await dispatcher.take()
    assert scope.cancelled_caught


async def test_no_more_are_out_than_wanted() -> None:
    dispatcher = Dispatcher(8)
    run = dispatcher.begin(tasks(), lambda: 2)
    first, second = await dispatcher.take(), await dispatcher.take()
    await nothing_to_take(dispatcher)
    run.ended(Outcome(second.task.key))
    await nothing_to_take(dispatcher)
    assert (await anext(run)).key == "1"
    assert (await dispatcher.take()).task.key == "2"
    assert first.attempt == 1


async def test_where_a_run_does_not_say_so_it_is_the_usual_number() -> None:
    dispatcher = Dispatcher(1)
    dispatcher.begin(tasks(), None)
    await dispatcher.take()
    await nothing_to_take(dispatcher)
    dispatcher.usual_limit = 2
    await dispatcher.take()


async def test_it_ends_when_all_have_been_handed_out() -> None:
    dispatcher = Dispatcher(8)
    run = dispatcher.begin([Task("one", "a:function")], None)
    assert (await dispatcher.take()).task.key == "one"
    await nothing_to_take(dispatcher)
    run.ended(Outcome("one"))
    assert [each.key async for each in run] == ["one"]
    empty = dispatcher.begin([], None)
    await nothing_to_take(dispatcher)
    assert [each async for each in empty] == []


@pytest.mark.parametrize("attempts", [1, 2, 3])
async def test_a_task_whose_workers_die_is_told_once(attempts: int) -> None:
    dispatcher = Dispatcher(8)
    run = dispatcher.begin([Task("one", "a:function", attempts=attempts), Task("other", "a:function")], None)
    for attempt in range(1, attempts + 1):
        assignment = await dispatcher.take()
        assert (assignment.task.key, assignment.attempt) == ("one", attempt)
        run.died(assignment, "was killed by signal 9")
    run.ended(Outcome((await dispatcher.take()).task.key))
    await nothing_to_take(dispatcher)
    died, other = [each async for each in run]
    assert died.failure is not None
    several = f"; {attempts} processes died of it" if attempts > 1 else ""
    assert died.failure.message == f"the process that ran it was killed by signal 9{several}"
    assert (died.failure.died, died.attempts, other.failure) == (True, attempts, None)


async def test_what_did_not_begin_comes_first_and_counts_once() -> None:
    dispatcher = Dispatcher(8)
    run = dispatcher.begin(tasks(), None)
    first = await dispatcher.take()
    run.again(first)
    assert await dispatcher.take() == first


async def test_what_makes_tasks_fails_for_whoever_wants_outcomes() -> None:
    def broken() -> Iterator[Task]:
        yield Task("one", "a:function")
        raise ValueError("no more")

    dispatcher = Dispatcher(8)
    run = dispatcher.begin(broken(), None)
    await dispatcher.take()
    await nothing_to_take(dispatcher)
    run.ended(Outcome("one"))
    assert (await anext(run)).key == "one"
    with pytest.raises(ValueError, match="no more"):
        await anext(run)


async def test_what_is_lost_is_lost_for_later_runs_too() -> None:
    dispatcher = Dispatcher(8)
    run = dispatcher.begin(tasks(), None)
    await dispatcher.take()
    dispatcher.lose(EngineLost("nobody is there"))
    for each in (run, dispatcher.begin(tasks(), None)):
        with pytest.raises(EngineLost, match="nobody is there"):
            await anext(each)
    await nothing_to_take(dispatcher)


async def test_a_run_takes_the_place_of_the_one_before() -> None:
    dispatcher = Dispatcher(8)
    before = dispatcher.begin(tasks(), None)
    old = await dispatcher.take()
    dispatcher.begin([Task("new", "a:function")], None)
    before.again(old)
    assert (await dispatcher.take()).task.key == "new"


async def test_a_batch_leaves_as_many_for_each_other_taker() -> None:
    dispatcher = Dispatcher(8)
    dispatcher.begin(tasks(), None)
    batches = [await dispatcher.take_batch(5, 2) for _ in range(2)]
    assert [[each.task.key for each in batch] for batch in batches] == [["0", "1", "2", "3"], ["4", "5", "6", "7"]]
    await nothing_to_take(dispatcher)


async def test_what_is_run_alone_is_a_batch_of_its_own() -> None:
    dispatcher = Dispatcher(8)
    kinds = [Task("one", "a:function"), Task("once", "a:function", attempts=1), Task("two", "a:function")]
    run = dispatcher.begin(kinds, None)
    batches = [await dispatcher.take_batch(8, 1) for _ in range(3)]
    assert [[each.task.key for each in batch] for batch in batches] == [["one"], ["once"], ["two"]]
    run.died(batches[0][0], "was killed")
    run.again(batches[2][0])
    assert [[each.task.key for each in await dispatcher.take_batch(8, 1)] for _ in range(2)] == [["one"], ["two"]]
