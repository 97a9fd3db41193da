"""What a worker process does, as one that a test starts itself."""

import subprocess
import sys
import time
from pathlib import Path

from simulator.sweep.engines.tasks import Task
from simulator.sweep.engines.worker_process import perform_here
from tests.cli.process import ROOT
from tests.sweep.engines import functions

PARENT = """
import multiprocessing, os, sys
from simulator.sweep.engines.tasks import Task
from simulator.sweep.engines.worker_process import get_ready, perform_here
from tests.sweep.engines import functions

def work(folder):
    get_ready([])
    print("a word")
    perform_here(Task("long", functions.wait_and_tell, folder), 1)

if __name__ == "__main__":
    worker = multiprocessing.get_context("fork").Process(target=work, args=(sys.argv[1],))
    worker.start()
    while not any(name.startswith("began") for name in os.listdir(sys.argv[1])):
        worker.join(0.01)
    os._exit(0)
"""


def test_a_task_under_a_trio_of_its_own() -> None:
    outcome = perform_here(Task("one", functions.slow_double, 1), 2)
    assert outcome is not None
    assert (outcome.value, outcome.attempts) == (2, 2)


def test_it_ends_with_whoever_started_it_and_prints_to_standard_error(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PARENT, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert (ended.stdout, ended.stderr.strip()) == ("", "a word")
    deadline = time.monotonic() + 30
    while not (told := list(tmp_path.glob("ended-*"))):
        assert time.monotonic() < deadline
    assert len(told) == 1
