"""Two runs as they were recorded, bytes of connections and all: one over HTTP/1.1 in which an answer is lost, one over
HTTP/2.
"""

from functools import partial
from pathlib import Path

import pytest
import trio

from simulator.scenario import load_file, run_scenario
from simulator.scenario.running.tracing import Keep
from simulator.trace import Trace, read_all
from tests.scenario.small_scenarios import Silent

SCENARIOS = Path(__file__).parents[3] / "scenarios"
FILES = ("joins/welcome-answer-lost.yaml", "transport/http2.yaml")


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with their traces."""
    keep = Keep(tmp_path_factory.mktemp("recorded"))
    for file in FILES:
        scenario = load_file(SCENARIOS / file)
        with keep.recorder(scenario, 1) as recorder:
            result = trio.run(partial(run_scenario, scenario, 1, Silent(), recorder))
        assert result.result.value == "passed"
    return keep.folder


@pytest.fixture(scope="session")
def traces(recorded: Path) -> tuple[Trace, ...]:
    """What is in it: first HTTP/1.1, then HTTP/2."""
    return read_all(recorded)


@pytest.fixture(scope="session")
def crashed(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Trace:
    """The first as a crash would have left it: half of it, and the last line cut off."""
    file = sorted(recorded.iterdir())[0]
    content = file.read_bytes()
    cut = tmp_path_factory.mktemp("crashed") / file.name
    cut.write_bytes(content[: len(content) // 2])
    (trace,) = read_all(cut)
    return trace
