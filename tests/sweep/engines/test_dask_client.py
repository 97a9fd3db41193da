"""What a worker says that can't take part; a real scheduler is asked in test_cluster."""

import pytest

from simulator.sweep.engines.asyncio_thread import AsyncioThread
from simulator.sweep.engines.dask_client import DaskClient, _why_not
from simulator.sweep.engines.engine import EngineLost


def test_a_worker_without_this_package() -> None:
    assert _why_not(ModuleNotFoundError("No module named 'simulator'")) == "it has no mimi-simulator of this version"
    assert _why_not(ValueError("x")) == "it can't say what it runs: x"


async def test_nobody_is_there() -> None:
    async with AsyncioThread() as there:
        with pytest.raises(EngineLost, match="no Dask scheduler answers at tcp://127"):
            await there.run(DaskClient("tcp://127.0.0.1:9", "one", lambda: None).connect, 0.2)
