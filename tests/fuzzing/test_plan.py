"""A campaign as a plan of a sweep."""

from pathlib import Path

import pytest

from simulator.drafts import registry
from simulator.errors import Misuse, SimulatorError
from simulator.fuzzing.findings import Finding
from simulator.fuzzing.plan import FuzzPlan, plan
from simulator.fuzzing.targets import ALONE, TARGETS, environments, row
from simulator.sweep.results import Results
from tests.fuzzing.sample import kind


def test_all_targets_have_their_share() -> None:
    made = plan((), 1000, 1)
    per = {target: 0 for target, _ in made.cases}
    for (target, _), count in made.cases.items():
        per[target] += count
    assert per == {name: round(1000 * row(name).share) for name in (*TARGETS, "contents")}
    assert len({place for target, place in made.cases if target == "requests"}) == 9


def test_of_a_draft_only_what_meets_it() -> None:
    made = plan([registry.named("mimi-protocol-06")], 100, 1)
    assert {target for target, _ in made.cases} == {"requests", "wires", "impostors", "answers", "joins", "contents"}
    assert all(place.startswith("mimi-protocol-06, ") for _, place in made.cases)


def test_every_case_is_in_one_batch() -> None:
    made = FuzzPlan({("bodies", ALONE): 120, ("groups", ALONE): 7}, 3, first=1000)
    batches = [run.batch for run in made.runs()]
    assert [(each.target, each.first, each.cases) for each in batches] == [
        ("bodies", 1000, 50),
        ("groups", 1000, 7),
        ("bodies", 1050, 50),
        ("bodies", 1100, 20),
    ]
    assert len(made) == 4
    assert len({run.key for run in made.runs()}) == 4


def test_a_run_says_how_it_is_done_again() -> None:
    here = str(kind("mimi-protocol-06"))
    (run,) = plan((), 5, 7, targets=["requests"], environment=here, first=20).runs()
    assert run.repeat == (
        *("fuzz", "--target", "requests", "--seed", "7", "--environment", here, "--first", "20", "--cases", "5"),
    )
    assert (run.axes["draft"], run.axes["environment"]) == ("mimi-protocol-06", here)
    assert environments("groups", ()) == (ALONE,)


def test_what_there_is_not() -> None:
    with pytest.raises(Misuse, match=r'no target "request" \(did you mean "requests"\?\)'):
        plan((), 5, 1, targets=["request"])
    with pytest.raises(Misuse, match="none of these targets lives in"):
        plan((), 5, 1, targets=["groups"], environment=str(kind("mimi-protocol-06")))
    with pytest.raises(Misuse, match="none of these targets lives in these drafts"):
        plan([registry.named("mimi-transport-00")], 5, 1, targets=["joins"])


def test_findings_are_files_and_no_columns(tmp_path: Path) -> None:
    made = FuzzPlan({("groups", ALONE): 7}, 3)
    finding = {"target": "groups", "environment": None, "seed": "3", "number": 4, "case": "x", "altered": "nothing"}
    value = {"verdict": "failed", "found": [{**finding, "error": "E: x", "trace": "", "shot": {}}]}
    assert made.keep(value, tmp_path) == {"verdict": "failed"}
    assert made.written == [tmp_path / "findings" / "groups-3-4.json"]
    assert made.written[0].exists()
    assert Finding(**value["found"][0]).file_name == "groups-3-4.json"


def test_another_campaign_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("polars")
    folder = tmp_path / "out"
    Results(folder, FuzzPlan({("groups", ALONE): 7}, 3).identity()).close()
    Results(folder, FuzzPlan({("groups", ALONE): 7}, 3).identity()).close()
    for other in (FuzzPlan({("groups", ALONE): 8}, 3), FuzzPlan({("groups", ALONE): 7}, 4)):
        with pytest.raises(SimulatorError, match="another sweep: its axes"):
            Results(folder, other.identity())
