"""One run of a sweep."""

import pickle
from pathlib import Path

from simulator.sweep.one_run import RunRequest, measured
from simulator.sweep.plan import Plan
from tests.sweep.small import FAILING, SCENARIO, planned

VALUES = "values: {asked: {requests: {during: hello}}, friends: {connected: [alice, bob]}}"


def request(plan: Plan) -> RunRequest:
    run = next(plan.runs())
    made = RunRequest(run.setting.scenario, run.seed, run.setting.values)
    return pickle.loads(pickle.dumps(made))  # as it travels


async def test_what_is_measured_where_all_is_well(tmp_path: Path) -> None:
    found = await measured(request(planned(tmp_path, VALUES)))
    assert (found["verdict"], found["message"]) == ("passed", None)
    assert found["requests"] == found["last_requests"] == found["asked"] > 2
    assert found["bytes"] == found["last_bytes"] > 500
    assert (found["friends"], found["refusals"], found["failed_requests"]) == (1, 0, 0)


async def test_the_first_failure_with_its_place(tmp_path: Path) -> None:
    found = await measured(request(planned(tmp_path, VALUES, FAILING)))
    assert (found["verdict"], found["failed_step"]) == ("failed", "connect hello")
    assert found["failed_file"] == (tmp_path / "small.yaml").as_posix()
    assert FAILING.splitlines()[found["failed_line"] - 1].strip().startswith("requests:")
    assert found["failed_expectation"] == "requests"
    assert found["cause"] == "connect: … requests from …"
    assert found["asked"] > 0


async def test_where_it_did_not_come_to_the_end_there_are_no_values(tmp_path: Path) -> None:
    early = SCENARIO.replace("    as: team\n", "    as: team\n    expect: {error: wrong_epoch}\n")
    found = await measured(request(planned(tmp_path, VALUES, early)))
    assert (found["verdict"], found["failed_expectation"], found["asked"]) == ("failed", None, None)


async def test_the_same_seed_gives_the_same(tmp_path: Path) -> None:
    one, other = [await measured(request(planned(tmp_path, VALUES))) for _ in range(2)]
    assert {**one, "run_seconds": 0} == {**other, "run_seconds": 0}


async def test_what_a_network_takes(tmp_path: Path) -> None:
    networked = SCENARIO.replace("topology:", "network: {latency: 20 ms}\ntopology:")
    found = await measured(request(planned(tmp_path, VALUES, networked)))
    assert found["verdict"] == "passed"
    assert found["simulated_seconds"] == found["last_simulated_seconds"] == 0.24
    assert "simulated_seconds" not in await measured(request(planned(tmp_path, VALUES)))
