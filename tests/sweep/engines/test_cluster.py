"""A real Dask scheduler with two workers on loopback: the same results, deaths, versions, drafts, an orderly end."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import pytest
import trio

from simulator.cli.running.jobs import Job, Ran
from simulator.cli.running.portable import run_portably
from simulator.drafts import registry
from simulator.errors import SimulatorError
from simulator.scenario import Result
from simulator.sweep.engines import Cluster, Engine, EngineLost, InProcess, Outcome, Processes, Task, cluster
from simulator.sweep.engines.batches import BatchSize
from simulator.sweep.engines.dask_client import DaskClient
from simulator.sweep.engines.local_cluster import _command, local_cluster
from simulator.sweep.engines.versions import Versions, versions
from tests.own_drafts import RENAMED, forgotten, package
from tests.scenario.small_scenarios import TEAM, TOPOLOGY, scenario
from tests.sweep.engines import functions


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Of a scheduler that is somebody else's."""
    with scheduler(2) as found:
        yield found


@contextmanager
def scheduler(workers: int, folder: Path | None = None) -> Iterator[str]:
    """With workers in a working folder; its address."""
    with subprocess.Popen(
        _command(workers), stdin=-1, stdout=-1, start_new_session=True, text=True, cwd=folder
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield process.stdout.readline().strip()
        process.stdin.close()


async def outcomes(engine: Engine, *tasks: Task) -> dict[str, Outcome]:
    with trio.fail_after(120):
        async with engine:
            return {each.key: each async for each in engine.run(tasks)}


def said(outcome: Outcome) -> str:
    assert outcome.failure is not None
    return outcome.failure.message


def digest(found: dict[str, Outcome]) -> str:
    """Of what came of runs, without what the clock says."""
    rows = {}
    for key, outcome in sorted(found.items()):
        ran: Ran = outcome.value
        steps = [each.to_json() for each in ran.result.steps]
        rows[key] = [
            ran.result.result.value,
            ran.result.exchanges,
            steps,
            [sorted(step.happened) for step in ran.steps],
        ]
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many tasks have travelled together, of short ones."""
    sizes: list[int] = []
    ask = DaskClient.ask

    async def counted(client: DaskClient, worker: str, batch: list[tuple[Task, int]], seconds: float) -> list[Outcome]:
        sizes.append(len(batch))
        return await ask(client, worker, batch, seconds)

    monkeypatch.setattr(DaskClient, "ask", counted)
    return sizes


async def test_the_same_results_on_every_engine(
    address: str, batches: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BatchSize, "tasks", lambda *_: 3)
    tasks = [Task(str(seed), run_portably, Job(scenario(TEAM), seed)) for seed in range(1, 8)]
    digests = {digest(await outcomes(engine, *tasks)) for engine in (InProcess(), Processes(2), Cluster(address))}
    assert len(digests) == 1
    assert max(batches) == 3


async def test_short_tasks_travel_together(address: str, batches: list[int]) -> None:
    found = await outcomes(Cluster(address), *(Task(str(number), functions.double, number) for number in range(300)))
    assert [found[str(number)].value for number in range(300)] == [2 * number for number in range(300)]
    assert sum(batches) == 300
    assert len(batches) < 50


async def test_who_dies_in_a_batch_is_found_and_the_others_are_counted_once(
    address: str, batches: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BatchSize, "tasks", lambda *_: 5)
    tasks = [Task(str(number), functions.double, number) for number in range(20)]
    tasks[2] = Task("always", functions.die, 9)
    tasks[9] = Task("once", functions.die_once, str(tmp_path / "marker"))
    async with Cluster(address) as engine:
        found = [each async for each in engine.run(tasks)]
    assert sorted(each.key for each in found) == sorted(task.key for task in tasks)
    assert [each.key for each in found if each.failure] == ["always"]
    assert said(next(each for each in found if each.failure)).endswith("; 2 processes died of it")
    assert max(batches) == 5


async def test_values_failures_and_deaths(address: str, tmp_path: Path) -> None:
    tasks = [
        Task("value", functions.double, 1),
        Task("sentence", functions.refuse, "no"),
        Task("once", functions.die_once, str(tmp_path / "marker")),
        Task("always", functions.die, 9),
        Task("there", functions.double, Lock()),
        Task("back", functions.unpicklable),
        *(Task(f"others {number}", functions.slow_double, number) for number in range(8)),
    ]
    found = await outcomes(Cluster(address), *tasks)
    assert set(found) == {task.key for task in tasks}
    assert (found["value"].value, said(found["sentence"])) == (2, "no")
    assert found["once"].value == "alive"
    assert said(found["always"]).startswith("the process that ran it is gone from the cluster (tcp://127.0.0.1:")
    assert said(found["always"]).endswith("; 2 processes died of it")
    assert all("can't be sent" in said(found[each]) for each in ("there", "back"))
    assert [found[f"others {number}"].value for number in range(8)] == [2 * number for number in range(8)]


async def test_closing_it_ends_what_runs_there(address: str, tmp_path: Path) -> None:
    with trio.fail_after(60):
        async with Cluster(address) as engine:
            run = engine.run(Task(str(number), functions.wait_and_tell, str(tmp_path)) for number in range(4))
            async with trio.open_nursery() as nursery:
                nursery.start_soon(anext, run)
                while len(list(tmp_path.glob("began-*"))) < 2:
                    await trio.sleep(0.01)
                nursery.cancel_scope.cancel()
    began, ended = ({int(path.name[6:]) for path in tmp_path.glob(f"{word}-*")} for word in ("began", "ended"))
    assert began == ended
    assert len(began) == 2
    assert all(Path(f"/proc/{pid}").exists() for pid in began), "the workers are somebody else's"


async def test_drafts_that_are_not_installed_travel_as_text(address: str, tmp_path: Path) -> None:
    with forgotten():
        registry.add(package(tmp_path, "travelling"))
        engine = Cluster(address)
        shutil.rmtree(tmp_path / "travelling")
        found = await outcomes(engine, Task("drafts", functions.drafts))
    assert "travelling" in found["drafts"].value


async def test_a_worker_in_another_folder_has_what_a_draft_reads_beside_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = package(tmp_path, "with_table", RENAMED.format(name="with-table", more="") + READS_A_FILE)
    (own / "table.json").write_text("[1, 2]")
    (elsewhere := tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    with forgotten(), scheduler(1, elsewhere) as address:
        draft = registry.add(Path("with_table"))
        engine = Cluster(address)
        shutil.rmtree(own)
        head = TOPOLOGY.replace("topology:\n", f"topology:\n  draft: {draft.name}\n")
        job = Job(scenario(TEAM, head), 1)
        found = await outcomes(engine, Task("folder", "os:path.abspath", "."), Task("run", run_portably, job))
    assert found["folder"].value == str(elsewhere)
    assert found["run"].failure is None
    assert found["run"].value.result.result is Result.passed


READS_A_FILE = """
import json
from pathlib import Path

assert json.loads((Path(__file__).parent / "table.json").read_text()) == [1, 2]
"""


async def test_others_versions_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = versions()
    monkeypatch.setattr(cluster, "versions", lambda: Versions("9.9.9", here.python, "0123456789ab"))
    with pytest.raises(EngineLost) as caught:
        await outcomes(Cluster(address), Task("value", functions.double, 1))
    first, *_ = str(caught.value).split("; the worker ")
    assert first.startswith("the worker tcp://127.0.0.1:")
    assert first.endswith(
        f"can't take part: there mimi-simulator {here.simulator}, here 9.9.9; "
        f"there source code with the digest {here.source}, here 0123456789ab"
    )


async def test_a_scheduler_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT", 0.3)
    with pytest.raises(EngineLost, match=r"^no Dask scheduler answers at tcp://127\.0\.0\.1:9: "):
        await outcomes(Cluster("tcp://127.0.0.1:9"), Task("value", functions.double, 1))


async def test_a_scheduler_that_dies_is_told_and_what_is_done_is_kept() -> None:
    done = []
    with trio.fail_after(120):
        async with local_cluster(1) as (address, pid):
            with pytest.raises(EngineLost, match="is gone: what was done is kept, and the same command goes on"):
                await _until_lost(address, pid, done)
    assert done == [2]


async def _until_lost(address: str, pid: int, done: list[object]) -> None:
    async with Cluster(address) as engine:
        async for outcome in engine.run(
            [Task("first", functions.double, 1), Task("long", functions.slow_double, 10**6)]
        ):
            done.append(outcome.value)
            os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("text", ["local:", "local:0", "local:x", "local:-1", "here", "10.0.0.1:8786"])
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(SimulatorError, match=text):
        Cluster(text)


def test_a_worker_of_several_threads_is_refused() -> None:
    assert "--nthreads 1" in cluster._why_not(versions(), 4)
    assert cluster._why_not(versions(), 1) == ""
    assert cluster._why_not("it has none", 1) == "it has none"
