"""A run's trace: its file, its header, its steps, and the folder that is never written over."""

import signal
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.scenario import load, load_file, run_scenario
from simulator.scenario.running.tracing import Keep, header, step_began
from simulator.trace import ClientSecret, Follower, Segment, TLSSecret, Trace, file_name, read_all
from tests.cli.process import SIMULATOR, environment
from tests.scenario.small_scenarios import Silent

SCENARIOS = Path(__file__).parents[3] / "scenarios"
FILE = SCENARIOS / "malicious/reordered-messages.yaml"
LONG = SCENARIOS / "fanout/five-providers.yaml"


async def test_a_kept_run_has_everything_in_its_file(tmp_path: Path) -> None:
    scenario, keep = load_file(FILE), Keep(tmp_path / "run")
    keep.prepare()
    with keep.recorder(scenario, 3) as recorder:
        result = await run_scenario(scenario, 3, Silent(), recorder)
    (first,) = read_all(tmp_path / "run")
    assert first.header == header(scenario, 3)
    assert first.events == recorder.events
    assert first.result == result.result.value
    assert len(first.exchanges) == result.exchanges
    ran = [step for step in first.steps if step.number]
    assert [step.label for step in ran] == [f"{n} {e.label}" for n, e in enumerate(scenario.steps, 1)]
    assert all(step.began and step.ended and step.ended.result == "passed" for step in ran)
    assert list(first.of(Segment))
    assert list(first.of(TLSSecret))
    assert all(found is None or found.error is None for found in map(first.response, first.exchanges))
    with keep.recorder(scenario, 3):
        pass
    assert len(read_all(tmp_path / "run")) == 2


async def test_secrets_of_clients_are_in_no_trace_unless_asked_for(tmp_path: Path) -> None:
    scenario = load_file(FILE)
    for secrets in (True, False):
        with Keep(tmp_path, secrets=secrets).recorder(scenario, 1 + secrets) as recorder:
            await run_scenario(scenario, 3, Silent(), recorder)
    without, told = sorted(read_all(tmp_path), key=lambda trace: trace.header.seed)
    assert (without.header.secrets, told.header.secrets) == (False, True)
    secret = {event.secret for event in told.of(ClientSecret)}
    assert len(secret) > 6
    assert not [each for each in secret if each in written(without)]
    assert all(each in written(told) for each in secret)


def written(trace: Trace) -> bytes:
    """All bytes in a trace, one after another."""
    values = [getattr(event, each.name) for event in trace.events for each in fields(event)]
    return b"".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


def test_a_run_that_is_killed_has_written_all_that_had_happened(tmp_path: Path) -> None:
    run = subprocess.Popen([*SIMULATOR, "run", str(LONG), "--trace", "run"], cwd=tmp_path, env=environment())
    file = tmp_path / "run" / file_name(load_file(LONG).id)
    while not file.exists() and run.poll() is None:
        pass
    follower, seen = Follower(file), 0
    while seen < 100 and run.poll() is None:
        seen += len(follower.news())
    run.kill()
    assert run.wait() == -signal.SIGKILL
    (trace,) = read_all(tmp_path / "run")
    assert len(trace.events) >= seen >= 100
    assert (trace.result, trace.header.scenario) == ("unfinished", load_file(LONG).id)
    assert all(trace.response(each) for each in trace.exchanges if each.response and each.endpoint != "ds_domain")


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SimulatorError, match="not empty"):
        Keep(tmp_path).prepare()
    with pytest.raises(SimulatorError, match="File exists"):
        Keep(tmp_path / "file").prepare()


def test_the_header_shows_who_takes_part() -> None:
    scenario = load_file(FILE)
    shown = header(scenario, 1)
    assert [each.name for each in shown.providers] == list(scenario.topology.providers)
    assert all(client.uri.startswith("mimi://") for each in shown.providers for client in each.clients)


def test_the_header_says_parameters_as_a_file_does() -> None:
    scenario = load_file(SCENARIOS / "fanout/suites.yaml", suite=3, mutual_tls=True)
    assert header(scenario, 1).parameters == {"suite": "3", "mutual_tls": "true"}


def test_whoever_is_malicious_is_seen_to_attack() -> None:
    scenarios = load([SCENARIOS / "malicious"])
    assert [each.id for each in scenarios if not any(step_began(entry).attack for entry in each.steps)] == []


def test_a_probe_that_is_welcome_is_no_attack() -> None:
    probes = [entry for entry in load_file(SCENARIOS / "malicious/old-tls.yaml").steps if entry.keyword == "probe_tls"]
    assert [step_began(entry).attack for entry in probes] == [True, True, True, False]
