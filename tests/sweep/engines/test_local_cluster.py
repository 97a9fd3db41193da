"""A cluster of this machine: it ends with whoever started it, and leaves nothing."""

import os

import psutil
import pytest

from simulator.sweep.engines import local_cluster
from simulator.sweep.engines.engine import EngineLost


async def test_nothing_is_left() -> None:
    async with local_cluster.local_cluster(1) as (address, pid):
        assert address.startswith("tcp://127.0.0.1:")
        assert os.getpgid(pid) == pid, "Ctrl-C in our terminal is not for it"
        started = psutil.Process(pid).children(recursive=True)
    assert started
    assert psutil.wait_procs(started, timeout=10)[1] == [], "the last ends by itself, when all others have"
    assert not psutil.pid_exists(pid)


async def test_what_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_cluster, "import_path", list)
    with pytest.raises(EngineLost, match=r"did not start \(status 1\)"):
        async with local_cluster.local_cluster(1):
            pass
