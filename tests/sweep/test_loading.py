"""Experiments from files and from command lines."""

from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.scenario import ScenarioFileError, load
from simulator.sweep.columns import columns
from simulator.sweep.loading import is_experiment, of_words, read, read_file
from simulator.sweep.plan import plan
from tests.sweep.small import EXPERIMENT, write

SHIPPED = sorted((Path(__file__).parents[2] / "scenarios" / "experiments").glob("*.yaml"))


def test_a_file(tmp_path: Path) -> None:
    write(tmp_path)
    file = tmp_path / "experiment.yaml"
    file.write_text(EXPERIMENT)
    assert read_file(file).scenarios.files == (tmp_path / "small.yaml",)


def test_what_a_command_line_says_in_place_of_a_file(tmp_path: Path) -> None:
    write(tmp_path)
    file = tmp_path / "experiment.yaml"
    file.write_text(EXPERIMENT + "seeds: 1..9\n")
    found = read_file(file, {"seeds": "3..4", "drafts": "mimi-protocol-06"})
    assert (list(found.seeds), found.drafts) == ([3, 4], ("mimi-protocol-06",))
    with pytest.raises(ScenarioFileError, match="--seeds"):
        read_file(file, {"seeds": "x"})


@pytest.mark.parametrize(("text", "said"), [("", "empty"), ("[1]", "a mapping"), ("seeds: 1", "begins with")])
def test_what_is_no_experiment(text: str, said: str) -> None:
    with pytest.raises(ScenarioFileError, match=said):
        read(text, "x.yaml")


def test_it_is_told_from_scenarios_and_among_them_it_is_nothing(tmp_path: Path) -> None:
    scenario, file = write(tmp_path), tmp_path / "experiment.yaml"
    file.write_text(EXPERIMENT)
    assert (is_experiment(file), is_experiment(scenario), is_experiment(tmp_path)) == (True, False, False)
    assert [each.file for each in load([tmp_path])] == [scenario.as_posix()]
    with pytest.raises(ScenarioFileError, match="an experiment: mimi-sim sweep runs it"):
        load([file])


def test_the_words_of_a_command_line(tmp_path: Path) -> None:
    said = {"seeds": "1..3,7", "drafts": "mimi-transport-00,mimi-protocol-06", "waive": "none", "failures": "2"}
    made = of_words([write(tmp_path).as_posix()], said, {"times": "1,2", "text": "a"})
    assert list(made.seeds) == [1, 2, 3, 7]
    assert made.drafts == ("mimi-transport-00", "mimi-protocol-06")
    assert {name: made.parameters.plain(name) for name in made.parameters.values} == {"times": (1, 2), "text": ("a",)}
    assert made.stop is not None
    assert made.stop.failures == 2


@pytest.mark.parametrize(
    ("said", "settings", "shown"),
    [
        ({"seeds": "1..3,2"}, {}, "--seeds:1:6: this has seeds"),
        ({"drafts": "mimi-transport-0"}, {}, "--draft:1:1: unknown draft"),
        ({}, {"times": "1,2,1"}, "--set:1:11: 1 is here twice"),
        ({"failures": "x"}, {}, "--failures:1:1: expected a whole number"),
    ],
)
def test_what_is_wrong_with_an_option(
    tmp_path: Path, said: dict[str, str], settings: dict[str, str], shown: str
) -> None:
    with pytest.raises(SimulatorError) as raised:
        of_words([write(tmp_path).as_posix()], said, settings)
    assert str(raised.value).startswith(shown)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_each_shipped_experiment_has_its_runs_and_columns(file: Path) -> None:
    made = plan(read_file(file))
    assert len(made) >= 20
    assert {"failed_requests", "refusals"} < {each.name for each in columns(made)}


def test_there_are_several() -> None:
    assert len(SHIPPED) >= 3
