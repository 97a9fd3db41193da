"""The process that workers are forked from: what it inherits, what it has imported, and its end."""

import os
import signal
from multiprocessing import forkserver

import pytest
import trio

from simulator.sweep.engines import Processes, Task
from simulator.sweep.engines.fork_server import IS_THERE, SAFE_PATH, start_ahead, stop
from tests.sweep.engines import functions

pytestmark = pytest.mark.skipif(not IS_THERE, reason="workers are spawned here")


def test_it_is_started_once_and_leaves_this_process_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    stop()
    monkeypatch.delenv(SAFE_PATH, raising=False)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    for _ in range(2):
        start_ahead()
    server = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]  # it has no public name
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before
    assert SAFE_PATH not in os.environ
    start_ahead()
    assert forkserver._forkserver._forkserver_pid == server  # type: ignore[attr-defined]
    stop()
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)
    stop()


async def test_workers_have_the_environment_of_when_their_engine_was_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    start_ahead()
    monkeypatch.delenv(SAFE_PATH, raising=False)
    monkeypatch.setenv("OF_AFTER_ITS_START", "yes")
    with trio.fail_after(60):
        async with Processes(1) as engine:
            tasks = [Task(name, functions.variable, name) for name in ("OF_AFTER_ITS_START", SAFE_PATH)]
            found = {each.key: each.value async for each in engine.run(tasks)}
    assert found == {"OF_AFTER_ITS_START": "yes", SAFE_PATH: None}
