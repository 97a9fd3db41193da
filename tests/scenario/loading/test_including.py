"""What parts bring, and what is wrong with them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.scenario import Result, Scenario, ScenarioFileError, load, load_file, run_scenario
from tests.scenario.small_scenarios import Silent

PART = """
part: Three and a group
parameters: {text: hello}
topology:
  key_packages: 3
  providers:
    a.example: {users: {alice: [phone]}}
    b.example: {users: {bob: [phone]}}
steps:
  - connect: {from: alice, to: bob}
  - create_group: alice
    as: team
"""
WHOLE = """
name: Whole
include: parts/team.yaml
steps:
  - add_users: {by: alice, group: team, users: bob}
  - send: {by: alice, group: team, text: "${text}"}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "parts").mkdir()
    write("parts/team.yaml", PART)
    return tmp_path


def write(name: str, text: str) -> Path:
    Path(name).write_text(text)
    return Path(name)


def whole(more: str = "", steps: str = WHOLE) -> Scenario:
    return load_file(write("whole.yaml", steps + more))


def complaint(more: str = "", steps: str = WHOLE) -> str:
    with pytest.raises(ScenarioFileError) as raised:
        whole(more, steps)
    return str(raised.value)


async def test_steps_of_a_part_come_first_and_its_names_are_known(folder: Path) -> None:
    scenario = whole()
    assert [entry.keyword for entry in scenario.steps] == ["connect", "create_group", "add_users", "send"]
    assert [entry.file for entry in scenario.steps] == ["parts/team.yaml", "parts/team.yaml", None, None]
    assert scenario.parameters == {"text": "hello"}
    result = await run_scenario(scenario, None, Silent())
    assert result.result is Result.passed
    assert [(step.file, step.line) for step in result.steps][1:3] == [("parts/team.yaml", 11), (None, 5)]
    assert result.to_json()["steps"][0]["file"] == "parts/team.yaml"


def test_the_including_file_has_the_last_word(folder: Path) -> None:
    scenario = whole("topology: {suite: 3, key_packages: 1, providers: {c.example: {}}}\nparameters: {text: hi}\n")
    assert (scenario.topology.suite, scenario.topology.key_packages) == (3, 1)
    assert list(scenario.topology.providers) == ["a.example", "b.example", "c.example"]
    assert scenario.parameters == {"text": "hi"}


def test_a_part_may_include_parts(folder: Path) -> None:
    write("parts/more.yaml", "part: More\ninclude: team.yaml\nsteps:\n  - crash: b.example\n")
    scenario = whole(steps="name: x\ninclude: [parts/more.yaml]\n")
    assert [entry.keyword for entry in scenario.steps] == ["connect", "create_group", "crash"]


def test_parts_are_not_run(folder: Path) -> None:
    whole()
    assert [scenario.id for scenario in load([Path()])] == ["whole"]
    with pytest.raises(ScenarioFileError, match="this is a part: it is not run, other files include it"):
        load([Path("parts/team.yaml")])


def test_a_problem_in_a_part_is_shown_there_and_said_once(folder: Path) -> None:
    write("parts/team.yaml", PART.replace("to: bob", "to: bo"))
    said = complaint()
    assert said.startswith('parts/team.yaml:10:32: unknown user "bo" (did you mean "bob"?)\n   10 |   - connect')
    assert said.endswith("      = included at whole.yaml:3:10")
    write("second.yaml", WHOLE)
    with pytest.raises(ScenarioFileError) as raised:
        load([Path()])
    assert [problem.file for problem in raised.value.problems] == ["parts/team.yaml"]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (None, "whole.yaml:3:10: there is no file parts/team.yaml"),
        ("name: x\n", 'parts/team.yaml:1:1: a part says what it brings, with "part: ..." at its top: this'),
        ("[1]\n", "parts/team.yaml:1:1: a part is a mapping with part, description"),
        ("", "parts/team.yaml:1:1: the file is empty"),
        ("part: x\nsede: 1\n", 'parts/team.yaml:2:1: a part has no field "sede"; known: part'),
        ("part: x\ninclude: ../whole.yaml\n", "whole.yaml -> team.yaml -> whole.yaml"),
        ("part: x\ninclude: [7]\n", "parts/team.yaml:2:11: expected the path of a part"),
        ("part: x\n\tx", "parts/team.yaml:2:1: "),
    ],
)
def test_what_is_wrong_with_a_part(folder: Path, part: str | None, said: str) -> None:
    if part is None:
        Path("parts/team.yaml").unlink()
    else:
        write("parts/team.yaml", part)
    assert said in complaint()


def test_a_provider_is_described_in_one_place(folder: Path) -> None:
    said = complaint("topology: {providers: {a.example: {}}}\n")
    assert 'whole.yaml:7:24: there is already a provider "a.example", in parts/team.yaml:7' in said


def test_a_name_of_a_part_is_taken(folder: Path) -> None:
    assert 'there is already a group "team"' in complaint("  - create_group: bob\n    as: team\n")


def lattice(levels: int, bottom: str) -> None:
    """Each level includes the next twice: the bottom stands for 2^levels of itself."""
    for level in range(levels):
        write(f"l{level}.yaml", f"part: x\ninclude: [l{level + 1}.yaml, l{level + 1}.yaml]\n")
    write(f"l{levels}.yaml", bottom)


def test_each_file_is_read_once_however_many_ways_lead_to_it(folder: Path) -> None:
    lattice(17, "part: nothing\n")
    assert len(whole(steps=WHOLE.replace("parts/team.yaml", "[parts/team.yaml, l0.yaml]")).steps) == 4


@pytest.mark.parametrize(
    "write_all",
    [
        pytest.param(lambda: lattice(17, "part: x\nsteps: [{expect: {}}]\n"), id="doubled again and again"),
        pytest.param(lambda: write("l0.yaml", f"part: x\ninclude: [{', '.join(['e.yaml'] * 30000)}]\n"), id="many"),
        pytest.param(lambda: write("l0.yaml", "part: x\ninclude: [b.yaml, b.yaml, b.yaml]\n"), id="few that are large"),
    ],
)
def test_what_all_includes_stand_for_has_a_bound(folder: Path, write_all: Callable[[], object]) -> None:
    write("e.yaml", "part: x\nsteps: [{expect: {}}]\n")
    write("b.yaml", f"part: x\nsteps: [{', '.join(['{expect: {}}'] * 20000)}]\n")
    write_all()
    said = complaint(steps="name: x\ntopology: {providers: {a.example: {}}}\ninclude: l0.yaml\nsteps: []\n")
    assert "with all that includes stand for, this is more than 100000 values" in said
    assert said.count("with all that includes stand for") == 1


def test_too_many_in_a_row_is_no_circle(folder: Path) -> None:
    for level in range(25):
        write(f"l{level}.yaml", f"part: x\ninclude: l{level + 1}.yaml\n")
    said = complaint(steps=WHOLE.replace("parts/team.yaml", "l0.yaml"))
    assert "l18.yaml:2:10: 20 includes in a row are the most: whole.yaml -> l0.yaml" in said
    assert "includes itself" not in said


def test_a_part_may_be_included_several_times(folder: Path) -> None:
    write("parts/talk.yaml", "part: Some words\nsteps:\n  - send: {by: alice, group: team}\n")
    scenario = whole(steps=WHOLE.replace("parts/team.yaml", "[parts/team.yaml, parts/talk.yaml, parts/talk.yaml]"))
    assert [entry.keyword for entry in scenario.steps[2:4]] == ["send", "send"]
