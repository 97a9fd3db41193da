"""`run --trace`, `--record` and `--verify` from the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulator.cli.app import app
from simulator.cli.running.golden import golden_traces
from simulator.errors import SimulatorError
from tests.scenario.small_scenarios import TOPOLOGY
from tests.trace.examples import full_disk

FILE = Path(__file__).parents[3] / "scenarios/fanout/guest-message.yaml"


def run(*options: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["run", str(FILE), *options])
    return done.exit_code, done.output


def test_what_is_recorded_verifies_until_something_changes(tmp_path: Path) -> None:
    golden = str(tmp_path / "golden")
    code, output = run("--record", golden)
    assert (code, "golden traces of 1" in output) == (0, True)
    code, output = run("--verify", golden, "-j", "2")
    assert (code, output.splitlines()[-1]) == (0, "no differences")
    code, output = run("--verify", golden, "--seed", "5")
    assert code == 1
    assert output.splitlines()[-1] == "- unchanged: 0 of 1 scenario"


def test_who_is_killed_sends_something_else_each_time(tmp_path: Path) -> None:
    killed, golden = str(FILE.parents[1] / "resilience/killed-processes.yaml"), str(tmp_path / "golden")
    done = CliRunner().invoke(app, ["run", killed, "--set", "kill_rate=0.1", "--record", golden])
    assert (done.exit_code, "kills processes: no two runs" in done.output) == (2, True)
    assert not Path(golden).exists()


def test_golden_traces_that_are_not_there_are_2(tmp_path: Path) -> None:
    code, output = run("--verify", str(tmp_path))
    assert (code, "no golden traces" in output, "passed" in output) == (2, True, False)


def test_a_trace_folder_is_new_or_empty(tmp_path: Path) -> None:
    code, _ = run("--trace", str(tmp_path / "run"), "--with-secrets")
    assert code == 0
    assert len(list((tmp_path / "run").iterdir())) == 1
    code, output = run("--trace", str(tmp_path / "run"))
    assert (code, "not empty" in output) == (2, True)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_trace_that_can_not_be_written_is_a_fault_of_its_scenario(tmp_path: Path, workers: str) -> None:
    wanted = ["run", str(FILE), "-j", workers]
    with full_disk(5000):
        done = CliRunner().invoke(app, [*wanted, "--trace", str(tmp_path / "run")])
    assert (done.exit_code, "can't write all of a trace to" in done.output, "File too large" in done.output) == (
        3,
        True,
        True,
    )
    with full_disk(5000):
        done = CliRunner().invoke(app, [*wanted, "--record", str(tmp_path / "golden")])
    assert (done.exit_code, "nothing was recorded" in done.output) == (3, True)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_path_may_be_as_long_as_it_wants(tmp_path: Path, workers: str) -> None:
    deep = tmp_path / ("d" * 130) / ("e" * 130)
    deep.mkdir(parents=True)
    (deep / "x.yaml").write_bytes(FILE.read_bytes())
    golden = str(tmp_path / "golden")
    for option, folder in (("--trace", str(tmp_path / "run")), ("--record", golden), ("--verify", golden)):
        done = CliRunner().invoke(app, ["run", str(deep), "-j", workers, option, folder])
        assert (option, done.exit_code) == (option, 0)


def test_what_was_recorded_of_scenarios_that_are_called_the_same_verifies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for place, steps in (("one/scenarios/a", 1), ("two/scenarios/a", 2), ("scenarios/a", 3), ("a", 4), ("A", 5)):
        file = tmp_path / f"{place}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TOPOLOGY + "  - create_group: alice\n" * steps)
    every = ["one", "two", "scenarios", "a", "A.yaml"]
    for wanted in (every, *([each] for each in every), every):
        for option in ("--record", "--verify"):
            done = CliRunner().invoke(app, ["run", *wanted, option, f"golden-{len(wanted)}"])
            assert (wanted, option, done.exit_code) == (wanted, option, 0)


def test_secrets_are_of_a_trace() -> None:
    code, output = run("--with-secrets")
    assert (code, "it needs --trace" in output) == (2, True)


def test_recording_and_verifying_are_not_for_the_same_run(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="one at a time"):
        golden_traces(tmp_path, tmp_path)
