"""What a Dask worker does for an engine, here in threads of this process."""

import pickle
from pathlib import Path

import trio

from simulator.sweep.engines import cluster_worker
from simulator.sweep.engines.asyncio_thread import AsyncioThread
from simulator.sweep.engines.cluster_worker import Call, get_ready_there, perform_there, stop, what_it_runs
from simulator.sweep.engines.tasks import Outcome, Task
from simulator.sweep.engines.versions import versions
from tests.sweep.engines import functions


def perform(engine: str, task: Task) -> Outcome | None:
    return next(iter(performed(engine, 10, task)), None)


def performed(engine: str, seconds: float, *tasks: Task) -> list[Outcome]:
    """What came of a batch."""
    sent = [(task.key, pickle.dumps((task, 1))) for task in tasks]
    return [pickle.loads(each) for each in pickle.loads(perform_there(engine, pickle.dumps((sent, seconds))))]


async def test_a_call_is_made_where_it_is_unpickled() -> None:
    sent = [("key", pickle.dumps((Task("key", functions.double, 2), 2)))]
    data = pickle.dumps(Call("one", pickle.dumps((sent, 1))))
    (outcome,) = pickle.loads(await trio.to_thread.run_sync(pickle.loads, data))
    found = pickle.loads(outcome)
    assert (found.key, found.value, found.attempts) == ("key", 4, 2)


async def test_what_an_engine_stops_ends_and_nothing_begins(tmp_path: Path) -> None:
    task, found = Task("long", functions.wait_and_tell, str(tmp_path)), []

    async def run() -> None:
        found.append(await trio.to_thread.run_sync(perform, "stopped", task))

    async with AsyncioThread() as there, trio.open_nursery() as nursery:
        nursery.start_soon(run)
        while not list(tmp_path.glob("began-*")):
            await trio.sleep(0.01)
        await there.run(stop, "another", 1)
        assert not list(tmp_path.glob("ended-*"))
        await there.run(stop, "stopped", 5)
        assert list(tmp_path.glob("ended-*"))
    assert found == [None]
    assert await trio.to_thread.run_sync(perform, "stopped", Task("next", functions.double, 1)) is None
    assert cluster_worker._stops == {}


def test_it_says_what_it_runs_and_gets_ready() -> None:
    assert what_it_runs() == versions()
    get_ready_there([])


def test_a_batch_begins_nothing_when_its_time_is_over() -> None:
    tasks = [Task(str(number), functions.double, number) for number in range(3)]
    assert [each.key for each in performed("one", 10, *tasks)] == ["0", "1", "2"]
    assert [each.key for each in performed("one", 0, *tasks)] == ["0"]


def test_what_can_t_be_unpickled_is_no_matter_of_the_others() -> None:
    sent = [("bad", b"no pickle"), ("good", pickle.dumps((Task("good", functions.double, 1), 1)))]
    bad, good = map(pickle.loads, pickle.loads(perform_there("one", pickle.dumps((sent, 10)))))
    assert "can't be sent" in bad.failure.message
    assert (bad.key, good.key, good.value) == ("bad", "good", 2)
