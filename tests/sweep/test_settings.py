"""The settings of an experiment."""

from pathlib import Path

import pytest

from simulator.scenario import ScenarioFileError
from simulator.sweep.settings import settings
from tests.sweep.small import SCENARIO, experiment

DRAFTS = "drafts: [mimi-transport-00, mimi-protocol-06]\n"


def test_the_product_of_the_axes(tmp_path: Path) -> None:
    found = settings(experiment(tmp_path, DRAFTS + "parameters: {times: [1, 2]}"))
    assert found.axes == ("scenario", "draft", "times", "waived")
    assert [(each.axes["draft"], each.axes["times"]) for each in found.found] == [
        ("mimi-transport-00", 1),
        ("mimi-transport-00", 2),
        ("mimi-protocol-06", 1),
        ("mimi-protocol-06", 2),
    ]
    assert found.found[1].scenario.parameters["times"] == 2
    assert {each.axes["scenario"] for each in found.found} == {(tmp_path / "small").as_posix()}


def test_what_repeats_one(tmp_path: Path) -> None:
    *_, last = settings(experiment(tmp_path, "waive: [none, T-SECURITY-RECIPIENT]\nparameters: {times: 3}")).found
    file = (tmp_path / "small.yaml").as_posix()
    assert last.repeat == ("run", file, "--set", "times=3", "--waive", "T-SECURITY-RECIPIENT")
    assert last.scenario.topology.waive == ("T-SECURITY-RECIPIENT",)


def test_an_overlay_is_laid_over_what_it_is_about(tmp_path: Path) -> None:
    over = tmp_path / "over.yaml"
    over.write_text("providers: {a.example: {port: 7001}}\n")
    (found,) = settings(experiment(tmp_path, ""), over).found
    assert found.scenario.topology.providers["a.example"].port == 7001
    assert found.repeat[-2:] == ("--over", str(over))


def test_what_an_overlay_is_not_about_is_left_out(tmp_path: Path) -> None:
    over = tmp_path / "over.yaml"
    over.write_text("providers: {z.example: {port: 7001}}\n")
    with pytest.raises(ScenarioFileError, match=r"nothing is left to be run: .*over\.yaml is about nobody in .*small"):
        settings(experiment(tmp_path, ""), over)


def test_each_rule_that_can_be_waived_beside_a_run_with_all(tmp_path: Path) -> None:
    found = settings(experiment(tmp_path, "waive: [none, each, T-SECURITY-RECIPIENT]"))
    waived = [each.axes["waived"] for each in found.found]
    assert waived[0] == "none"
    assert len(waived) == len(set(waived)) > 100
    assert "T-SECURITY-RECIPIENT" in waived
    assert not found.left_out


def test_a_matrix_is_an_axis_and_can_be_narrowed(tmp_path: Path) -> None:
    scenario = SCENARIO.replace("parameters:", "matrix: {http2: [false, true]}\nparameters:")
    found = settings(experiment(tmp_path, scenario=scenario)).found
    assert [each.axes["http2"] for each in found] == [False, True]
    assert found[1].repeat[1].endswith("small.yaml[http2=true]")
    (narrow,) = settings(experiment(tmp_path, "parameters: {http2: true}", scenario)).found
    assert narrow.axes["http2"] is True


def test_exclusions(tmp_path: Path) -> None:
    more = DRAFTS + "parameters: {times: [1, 2]}\nexclude: [{draft: mimi-protocol-06, times: 2}, {times: 1}]"
    assert [each.axes["draft"] for each in settings(experiment(tmp_path, more)).found] == ["mimi-transport-00"]


def test_what_is_not_for_a_draft_is_left_out_with_the_reason(tmp_path: Path) -> None:
    scenario = SCENARIO.replace("topology:", "drafts: mimi-transport-00\nother_drafts: no point\ntopology:")
    found = settings(experiment(tmp_path, DRAFTS, scenario))
    assert len(found.found) == 1
    assert [why.endswith("no point") for why in found.left_out] == [True]
    one = settings(experiment(tmp_path, DRAFTS + "waive: T-SECURITY-RECIPIENT"))
    assert one.left_out == {"T-SECURITY-RECIPIENT is no rule of mimi-protocol-06": 1}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("parameters: {tims: 1}", 'no scenario here has a parameter "tims" (did you mean "times"?)'),
        ("exclude: {tims: 1}", 'there is no axis "tims"'),
        ("parameters: {times: [1, 2]}\nexclude: {times: 3}", "times is never 3; there are 1, 2"),
        ("values: {n: {requests: {during: helo}}}", 'unknown step "helo"'),
        ("exclude: {draft: mimi-transport-00}", "nothing is left to be run"),
    ],
)
def test_what_no_scenario_knows(tmp_path: Path, said: str, why: str) -> None:
    with pytest.raises(ScenarioFileError) as raised:
        settings(experiment(tmp_path, said))
    assert why in str(raised.value)
