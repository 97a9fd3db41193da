"""Which file of a draft's folder is a scenario's golden trace: one that nobody else has there.

It is named after the scenario's place below a folder `scenarios`, so that it is found from wherever the scenario is
run. Who is called `scenarios/...` has that name without a word; a file of any other id begins with a line of whose it
is, so that what is recorded later under another id with the same place gets a name of its own, after its whole id.

    scenarios/joins/x -> joins__x.txt        /elsewhere/scenarios/joins/x -> joins__x.txt, or by its whole id
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from simulator.trace.naming import file_stem
from simulator.trace.trace import Trace

SUFFIX = ".txt"
ROOT = "scenarios"
"""The folder that the ids of shipped scenarios begin with."""
_SCENARIO = "scenario "
"""Begins the line that says whose a golden trace is."""


def golden_name(scenario: str) -> str:
    """What the golden trace of a scenario is called, from wherever it was run."""
    return file_stem(_below(scenario)) + SUFFIX


def scenario_of(trace: Trace) -> str:
    """A trace's scenario; not that it is in this draft, which its folder says."""
    said = f"draft={trace.header.draft}"
    return trace.header.scenario.replace(f"[{said}]", "").replace(f"[{said},", "[")


def scenario_line(scenario: str) -> str:
    """What begins a scenario's golden trace: nothing where its place says all."""
    return "" if scenario == _rooted(scenario) else f"{_SCENARIO}{json.dumps(scenario)}\n"


def without_scenario_line(text: str) -> str:
    """A golden trace without the line that says whose it is."""
    first, _, rest = text.partition("\n")
    return rest if _told(first) else text


def files(traces: Sequence[Trace], folder: Path, *, to_record: bool = False) -> list[Path]:
    """The golden trace of each. To verify, one that was recorded under another id will do where the place is the same,
    unless that id is among these, too; `to_record`, nobody else's is taken.
    """
    ids = {scenario_of(trace) for trace in traces}
    places = Counter(map(golden_name, ids))
    return [_file(trace, ids, places, folder, to_record=to_record) for trace in traces]


def _file(trace: Trace, ids: set[str], places: Mapping[str, int], folder: Path, *, to_record: bool) -> Path:
    scenario = scenario_of(trace)
    name, seed = golden_name(scenario), f" seed {trace.header.seed}" if trace.again else ""
    whole = file_stem(scenario)
    if whole + SUFFIX == name:
        whole = file_stem(scenario, digested=True)
    by_place, by_id = (folder / f"{stem}{seed}{SUFFIX}" for stem in (name.removesuffix(SUFFIX), whole))
    recorded = _recorded_as(by_place, scenario)
    if recorded == scenario or by_id.exists():
        return by_place if recorded == scenario else by_id
    is_first = places[name] == 1 or scenario == _rooted(scenario)
    is_free = recorded is None or not (to_record or recorded in ids)
    return by_place if is_first and is_free else by_id


def _recorded_as(file: Path, scenario: str) -> str | None:
    """Under which id a golden trace in this scenario's place was recorded; None where there is no such file."""
    if not file.exists():
        return None
    try:
        with file.open(encoding="utf-8") as opened:
            first = opened.readline()
    except (OSError, UnicodeDecodeError):
        return ""  # who reads all of it says so
    return _told(first) if first.startswith(_SCENARIO) else _rooted(scenario)


def _told(line: str) -> str:
    """The scenario that a line names; none where it says something else, or somebody has damaged it."""
    try:
        recorded = json.loads(line.removeprefix(_SCENARIO)) if line.startswith(_SCENARIO) else ""
    except (ValueError, RecursionError):
        return ""
    return recorded if isinstance(recorded, str) else ""


def _rooted(scenario: str) -> str:
    """The id that a scenario's place has where nothing else is said."""
    return f"{ROOT}/{_below(scenario)}"


def _below(scenario: str) -> str:
    """A scenario's place below the last folder `scenarios` of its path; its id where that is in other folders here."""
    *folders, name = scenario.split("/")
    if ROOT not in folders or folders[0] not in (ROOT, "", ".."):
        return scenario
    last = len(folders) - 1 - folders[::-1].index(ROOT)
    return "/".join((*folders[last + 1 :], name))
