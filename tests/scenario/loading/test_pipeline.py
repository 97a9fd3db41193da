"""From a file's text to its contents; files as a whole are in test_loader."""

import pytest

from simulator.scenario import ScenarioFileError
from simulator.scenario.loading.pipeline import plain, read_all

HEAD = "name: x\nparameters: {n: 2}\n"


def complaint(text: str) -> str:
    with pytest.raises(ScenarioFileError) as raised:
        read_all(text, "x.yaml")
    return str(raised.value)


def test_a_part_is_no_scenario() -> None:
    assert read_all("part: of something\n", "x.yaml") == ()
    with pytest.raises(ScenarioFileError, match=r"x\.yaml:1:1: this is a part"):
        read_all("part: of something\n", "x.yaml", alone=True)


def test_values_stand_in_the_topology_and_in_the_steps() -> None:
    found = read_all(
        HEAD + "topology: {generate: {providers: '${n}'}}\nsteps:\n  - crash: p${n}.example\n    repeat: ${n}\n",
        "x.yaml",
    )
    ((_, content),) = found
    assert list(content.topology.providers) == ["p1.example", "p2.example"]
    assert [entry.label for entry in content.steps] == ["crash (1 of 2)", "crash (2 of 2)"]


def test_a_matrix_sets_sizes_and_settings() -> None:
    text = "name: x\nmatrix: {providers: [1, 2], suite: [3]}\ntopology: {generate: {providers: 9}}\nsteps: []\n"
    found = read_all(text, "x.yaml")
    assert [(len(content.topology.providers), content.topology.suite) for _, content in found] == [(1, 3), (2, 3)]


def test_a_wrong_value_is_said_where_it_stands() -> None:
    text = "name: x\nmatrix: {suite: [1, 9]}\ntopology: {providers: {a.example: {}}}\nsteps: []\n"
    assert complaint(text).startswith("x.yaml:2:21: providers take no cipher suite 9, only 1 and 3\n")


def test_a_wrong_parameter_is_said_where_it_is_used() -> None:
    text = HEAD + "topology: {providers: {a.example: {port: '${n - 2}'}}}\nsteps: []\n"
    assert complaint(text).startswith("x.yaml:3:42: expected a number >= 1 (${n - 2} is 0)\n")


def test_sizes_vary_only_where_something_is_generated() -> None:
    text = "name: x\nmatrix: {users: [1, 2]}\ntopology: {providers: {a.example: {}}}\nsteps: []\n"
    assert '"users" varies what the topology would "generate", but it does not' in complaint(text)


def test_a_repeated_step_s_name_is_its_last_result_s() -> None:
    steps = "steps:\n  - create_group: alice\n    as: team\n    repeat: 2\n  - leave: {by: alice, group: team}\n"
    head = "name: x\ntopology: {providers: {a.example: {users: {alice: [phone]}}}}\n"
    found = read_all(head + steps, "x.yaml")
    assert [entry.name for entry in found[0][1].steps] == ["team", "team", None]
    assert 'there is already a group "team"' in complaint(head + steps + "  - create_group: alice\n    as: team\n")


def test_only_an_item_of_a_list_can_be_repeated() -> None:
    head = "name: x\ntopology: {providers: {a.example: {}}}\n"
    assert "only an item of a list can be repeated" in complaint(head + "steps: {crash: a.example, repeat: 2}\n")


@pytest.mark.parametrize(
    ("text", "value"), [("3", 3), ("true", True), ("x y", "x y"), ("", ""), ("[", "["), ("~", "~")]
)
def test_values_from_the_command_line(text: str, value: object) -> None:
    assert plain(text) == value
