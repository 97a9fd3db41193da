"""Old words, and what is said to whoever uses them."""

from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.scenario import ScenarioFileError, load, load_text
from simulator.scenario.loading.old_words import OLD_WORDS, Sort, field_now, path_now, tag_now, told
from tests.scenario.small_scenarios import TEAM, TOPOLOGY

SCENARIOS = Path(__file__).parents[3] / "scenarios"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("scenarios/stranger", "scenarios/external"),
        ("/x/scenarios/stranger/forged.yaml", "/x/scenarios/external/forged.yaml"),
        ("scenarios/joins/stranger.yaml", "scenarios/joins/outsider.yaml"),
        ("scenarios/joins/stranger", "scenarios/joins/outsider"),
        ("scenarios/joins/resync.yaml", None),
        ("strangers", None),
    ],
)
def test_where_a_file_is_now(old: str, new: str | None) -> None:
    assert path_now(old) == new


def test_what_a_tag_or_a_field_is_now() -> None:
    assert tag_now("stranger") == "external"
    assert tag_now("external") is None
    assert field_now("odd_commit", "bad_group_info", True) == "flaw: bad_group_info_signature"
    assert field_now("odd_group", "bad_group_info", True) is None
    assert told("a", "b") == '"a" is "b" now: mimi-sim check --fix rewrites it'


def test_new_words_are_no_old_ones_and_their_files_are_there() -> None:
    assert not {each.new for each in OLD_WORDS} & {each.old for each in OLD_WORDS}
    for each in OLD_WORDS:
        if each.sort in (Sort.folder, Sort.file):
            assert list(SCENARIOS.glob(f"{each.new}*")), each


def test_an_old_tag_has_its_place() -> None:
    with pytest.raises(ScenarioFileError) as error:
        load_text(TOPOLOGY.replace("topology:", "tags: [slow, stranger]\ntopology:") + "  []\n", "my.yaml")
    assert 'my.yaml:3:14: "stranger" is "external" now: mimi-sim check --fix rewrites it' in str(error.value)


def test_an_old_field_has_its_place() -> None:
    step = "  - odd_commit: {by: bob, group: team, operation: update_client, bad_group_info: true}\n"
    with pytest.raises(ScenarioFileError) as error:
        load_text(TOPOLOGY + TEAM.strip("\n") + "\n" + step, "my.yaml")
    words = '"bad_group_info" is "flaw: bad_group_info_signature" now: mimi-sim check --fix rewrites it'
    assert words in str(error.value)


def test_a_part_that_has_moved(tmp_path: Path) -> None:
    (tmp_path / "external").mkdir()
    (tmp_path / "external" / "part.yaml").write_text("part: some\nsteps: []\n")
    file = tmp_path / "my.yaml"
    file.write_text(TOPOLOGY.replace("topology:", "include: stranger/part.yaml\ntopology:") + "  []\n")
    with pytest.raises(ScenarioFileError) as error:
        load([file])
    assert f"{file}:3:10: there is no file {tmp_path}/stranger/part.yaml: " in str(error.value)
    assert "external/part.yaml" in str(error.value)


def test_a_folder_that_has_moved() -> None:
    with pytest.raises(SimulatorError) as error:
        load([SCENARIOS / "stranger"])
    assert str(error.value) == f"{SCENARIOS / 'stranger'}: this is {SCENARIOS / 'external'} now"
