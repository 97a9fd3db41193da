"""Bodies as shipped scenarios send them, malformed ones among them."""

from functools import cache, partial
from pathlib import Path

import trio

from simulator.drafts import DRAFTS
from simulator.drafts.draft_layout import layout_of
from simulator.scenario import load_file, run_scenario
from simulator.scenario.running.tracing import Keep
from simulator.trace import Part, read_all
from simulator.trace.layout import Layout
from tests.scenario.small_scenarios import Silent

SCENARIOS = Path(__file__).parents[3] / "scenarios"
FILES = (
    "connection/establish.yaml",
    "joins/welcome-answer-lost.yaml",
    "malicious/malformed-requests.yaml",
    "operations/re-initialize.yaml",
)
DRAFT = DRAFTS[0]


@cache
def shipped() -> Layout:
    """The layout of the shipped draft."""
    return layout_of(DRAFT)


def record(folder: Path) -> tuple[tuple[str, Part, bytes], ...]:
    """What is in the exchanges of some scenarios: endpoint, which part, and the bytes; each once."""
    keep = Keep(folder)
    for file in FILES:
        scenario = load_file(SCENARIOS / file)
        with keep.recorder(scenario, 1) as recorder:
            trio.run(partial(run_scenario, scenario, 1, Silent(), recorder))
    exchanges = [each for trace in read_all(folder) for each in trace.exchanges]
    found: dict[tuple[str, Part, bytes], None] = {}
    for each in exchanges:
        found[each.endpoint, "request", each.request] = None
        found[each.endpoint, "response", each.response] = None
    return tuple(found)
