"""Paths become scenarios, or all that is wrong with their files."""

import os
import warnings
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import SimulatorError, SimulatorWarning
from simulator.scenario import ScenarioFileError, load, load_file, load_text, load_topology
from simulator.scenario.loading.loader import external_providers, identity, read
from tests.scenario.small_scenarios import TOPOLOGY

SHIPPED = [file.read_text() for file in sorted((Path(__file__).parents[3] / "scenarios").rglob("*.yaml"))]
TOKENS = st.text(max_size=3) | st.sampled_from(
    [
        "- ",
        ": ",
        "{",
        "]",
        "~",
        "&a ",
        "*a",
        "expect",
        "race: ",
        "0x",
        "\n",
        "\t",
        "!!set ",
        "%YAML 1.",
        "---\n",
        '"\\U00110000"',
        "9" * 5000,
        "\u2028",
        "\x85",
        "${",
        "}",
        " * ",
        "repeat: 999",
    ]
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b/two.yaml", "b/one.yml", "a.yaml", "b/deep/three.yaml"):
        file = tmp_path / "scenarios" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TOPOLOGY.replace("a test", name) + "  []\n")
    (tmp_path / "scenarios" / "README.md").write_text("not a scenario")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ids(*paths: str) -> list[str]:
    return [scenario.id for scenario in load(map(Path, paths))]


def test_a_folder_is_all_yaml_files_below_it(folder: Path) -> None:
    assert ids("scenarios") == ["scenarios/a", "scenarios/b/deep/three", "scenarios/b/one", "scenarios/b/two"]


def test_a_scenario_knows_its_file_and_content(folder: Path) -> None:
    (scenario,) = load([Path("scenarios/b/one.yml")])
    assert (scenario.file, scenario.content.name) == ("scenarios/b/one.yml", "b/one.yml")
    assert list(scenario.topology.providers) == ["a.example", "b.example", "c.example"]
    assert scenario.steps == ()


def test_rules_are_waived_besides_those_that_its_topology_waives(folder: Path) -> None:
    (scenario, *_) = load([folder])
    once = scenario.waiving(["T-SECURITY-RECIPIENT"])
    assert once.topology.waive == ("T-SECURITY-RECIPIENT",)
    assert once.waiving(["P-4-ONE-COMMIT"]).topology.waive == ("T-SECURITY-RECIPIENT", "P-4-ONE-COMMIT")
    assert (once.id, scenario.topology.waive) == (scenario.id, ())


def test_each_file_once_in_the_order_of_the_paths(folder: Path) -> None:
    assert ids("scenarios/b/two.yaml", "scenarios/b", "scenarios/a.yaml", str(folder / "scenarios" / "a.yaml")) == [
        "scenarios/b/two",
        "scenarios/b/deep/three",
        "scenarios/b/one",
        "scenarios/a",
    ]


def test_the_problems_of_all_files_at_once(folder: Path) -> None:
    for name in ("a.yaml", "b/one.yml"):
        Path("scenarios", name).write_text("name: x\n")
    with pytest.raises(ScenarioFileError) as raised:
        load([Path("scenarios")])
    assert [problem.file for problem in raised.value.problems] == ["scenarios/a.yaml", "scenarios/b/one.yml"]


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("scenario", 'scenario: there is no such file or folder (did you mean "scenarios"?)'),
        ("scenarios/b/too.yaml", 'scenarios/b/too.yaml: there is no such file or folder (did you mean "two.yaml"?)'),
        ("nowhere/at/all", "nowhere/at/all: there is no such file or folder"),
    ],
)
def test_a_path_where_nothing_is(folder: Path, path: str, complaint: str) -> None:
    with pytest.raises(SimulatorError) as raised:
        load([Path(path)])
    assert str(raised.value) == complaint


def test_a_link_that_leads_nowhere(folder: Path) -> None:
    Path("broken.yaml").symlink_to("gone.yaml")
    with pytest.raises(SimulatorError) as raised:
        load([Path("broken.yaml")])
    assert str(raised.value) == "broken.yaml: this link leads to no file or folder"


def test_a_link_in_a_folder_that_leads_nowhere_is_not_left_out(folder: Path) -> None:
    Path("scenarios/gone.yaml").symlink_to("nowhere.yaml")
    Path("scenarios/round.yaml").symlink_to("round.yaml")
    with pytest.raises(ScenarioFileError) as raised:
        load([Path("scenarios")])
    assert [problem.message for problem in raised.value.problems] == [
        "can't be read: No such file or directory",
        "can't be read: Too many levels of symbolic links",
    ]


def test_a_folder_without_scenarios(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="no scenario file"):
        load([tmp_path])


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(TOPOLOGY.lstrip() + "  []\n", encoding="utf-8-sig")
    assert load_file(file).content.name == "a test"


def test_a_file_whose_name_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"na\xefve.yaml")
    file.write_text(TOPOLOGY + "  []\n")
    with pytest.raises(ScenarioFileError, match="the name is no UTF-8 text"):
        load([tmp_path])


def test_a_file_that_can_not_be_read(tmp_path: Path) -> None:
    with pytest.raises(ScenarioFileError, match="is a folder"):
        load_file(tmp_path)


@given(st.sampled_from(SHIPPED), st.data())
def test_whatever_is_wrong_with_a_file_is_the_file_s_fault(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 20))
        text = text[:start] + data.draw(TOKENS) + text[end:]
    with suppress(ScenarioFileError), warnings.catch_warnings():
        warnings.simplefilter("ignore", SimulatorWarning)
        read(text, "x.yaml")


MATRIX = TOPOLOGY.replace(
    "topology:\n", "parameters: {text: hello}\nmatrix: {suite: [1, 3], http2: [false, true]}\ntopology:\n"
)


def test_a_matrix_makes_several_scenarios_of_one_file(folder: Path) -> None:
    Path("scenarios/a.yaml").write_text(MATRIX + "  - create_group: alice\n")
    found = load([Path("scenarios/a.yaml")])
    assert [scenario.id for scenario in found] == [
        "scenarios/a[suite=1,http2=false]",
        "scenarios/a[suite=1,http2=true]",
        "scenarios/a[suite=3,http2=false]",
        "scenarios/a[suite=3,http2=true]",
    ]
    assert {scenario.file for scenario in found} == {"scenarios/a.yaml"}
    assert [(each.topology.suite, each.topology.http2) for each in found][2:] == [(3, False), (3, True)]
    assert found[2].choice == {"suite": 3, "http2": False}
    assert found[2].parameters == {"text": "hello", "suite": 3, "http2": False}


def test_parameters_come_from_the_command_line_too(folder: Path) -> None:
    Path("scenarios/a.yaml").write_text(MATRIX + "  []\n")
    found = load([Path("scenarios")], parameters={"suite": "3", "http2": "true", "text": "[hi]"})
    (chosen,) = [scenario for scenario in found if scenario.choice]
    assert (chosen.id, chosen.parameters) == (
        "scenarios/a[suite=3,http2=true]",
        {"text": "[hi]", "suite": 3, "http2": True},
    )
    with pytest.raises(SimulatorError, match=r'no scenario here has a parameter "siute" \(did you mean "suite"\?\)'):
        load([Path("scenarios")], parameters={"siute": 3})


def overlay(text: str) -> Path:
    Path("over.yaml").write_text(text)
    return Path("over.yaml")


def test_an_overlay_is_laid_over_the_providers_that_are_there(folder: Path) -> None:
    alone = "name: x\ntopology: {providers: {x.example: {}}}\nsteps: []\n"
    Path("scenarios/a.yaml").write_text(alone)
    over = overlay("mutual_tls: true\nproviders: {a.example: {port: 7001}, z.example: {port: 7002}}\n")
    other, *rest = load([Path("scenarios")], over=over)
    assert (other.topology.mutual_tls, list(other.topology.providers)) == (False, ["x.example"])
    for scenario in rest:
        assert list(scenario.topology.providers) == ["a.example", "b.example", "c.example"]
        assert scenario.topology.providers["a.example"].port == 7001
        assert scenario.topology.providers["a.example"].users.clients == {"alice": ("phone",)}
        assert scenario.topology.mutual_tls


def test_an_overlay_says_which_providers_are_somebody_else_s(folder: Path) -> None:
    (folder / "ca.pem").write_text("")
    external = "{external: {address: x, port: 1, ca: ca.pem}}"
    assert external_providers(
        overlay(f"providers: {{a.example: {external}, b.example: {{port: 1}}, c.example: {external}}}")
    ) == (
        "a.example",
        "c.example",
    )
    assert external_providers(overlay("http2: true")) == ()


def test_an_overlay_without_providers_is_for_all(folder: Path) -> None:
    found = load([Path("scenarios")], over=overlay("topology: {http2: true}\n"))
    assert {scenario.topology.http2 for scenario in found} == {True}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("providers: {a.example: {prot: 1}}", 'over.yaml:1:25: provider has no field "prot" (did you mean "port"?)'),
        ("htp2: true", 'over.yaml:1:1: topology has no field "htp2" (did you mean "http2"?)'),
        ("[]", "over.yaml:1:1: there is no topology here"),
        ("name: x", "over.yaml:1:1: there is no topology here"),
        ("providers: {a.exmaple: {}}", 'no scenario here has a provider a.exmaple (did you mean "a.example"?)'),
        ("providers: {a.example: {external: {}}}", 'over.yaml:1:35: external needs "address"'),
    ],
)
def test_what_is_wrong_with_an_overlay(folder: Path, text: str, said: str) -> None:
    with pytest.raises(SimulatorError) as raised:
        load([Path("scenarios")], over=overlay(text))
    assert said in str(raised.value)


@pytest.mark.parametrize("text", ["providers: {a.example: {}}", "topology: {providers: {a.example: {}}}"])
def test_a_topology_file(folder: Path, text: str) -> None:
    served = load_topology(overlay(text))
    assert [provider.name for provider in served.topology.providers] == ["a.example"]
    assert (served.seed, served.clock) == (1, 1767225600)


def test_a_scenario_is_a_topology_file_too(folder: Path) -> None:
    Path("scenarios/a.yaml").write_text("seed: 7\nclock: 1800000000\n" + MATRIX + "  - never: read\n")
    served = load_topology(Path("scenarios/a.yaml"), parameters={"suite": 3}, over=overlay("http2: true"))
    assert (served.topology.suite, served.topology.http2, served.seed, served.clock) == (3, True, 7, 1800000000)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("http2: true", 'topology needs "providers" or "generate"'),
        ("providers: {a.example: {users: {alice: []}}}", 'user "alice" has no client'),
        ("name: x\nsteps: []", "there is no topology here"),
        ("", "the file is empty"),
    ],
)
def test_what_is_wrong_with_a_topology_file(folder: Path, text: str, said: str) -> None:
    with pytest.raises(ScenarioFileError) as raised:
        load_topology(overlay(text))
    assert said in str(raised.value)


def test_a_text_is_scenarios_too() -> None:
    text = f"parameters: {{times: 1}}\nmatrix: {{http2: [false, true]}}\n{TOPOLOGY}  []\n"
    first, second = load_text(text, "cell", parameters={"times": 2})
    assert (first.id, second.id) == ("cell[http2=false]", "cell[http2=true]")
    assert first.file == "cell"
    assert first.parameters["times"] == 2
    with pytest.raises(SimulatorError, match='"time"'):
        load_text(text, "cell", parameters={"time": 2})
    with pytest.raises(ScenarioFileError, match="part"):
        load_text("part: true\nsteps: []", "cell")


def test_an_id_means_one_scenario(folder: Path) -> None:
    for name, more in (("a.yml", ""), ("m[suite=1].yaml", ""), ("m.yaml", "matrix: {suite: [1, 3]}\n")):
        Path("scenarios", name).write_text(TOPOLOGY + "  []\n" + more)
    assert ids("scenarios/a.yml", "scenarios/m.yaml") == ["scenarios/a", "scenarios/m[suite=1]", "scenarios/m[suite=3]"]
    with pytest.raises(ScenarioFileError) as raised:
        load([Path("scenarios")])
    assert str(raised.value).splitlines() == [
        f'{file}: what is in here would be called "{name}", as what is in {other}: rename one'
        for file, name, other in (
            ("scenarios/a.yml", "scenarios/a", "scenarios/a.yaml"),
            ("scenarios/m[suite=1].yaml", "scenarios/m[suite=1]", "scenarios/m.yaml"),
        )
    ]


def test_a_file_is_known_again_by_another_path(folder: Path) -> None:
    here = Path("scenarios/a.yaml")
    Path("link.yaml").symlink_to(here)
    assert {identity(path) for path in (here, folder / here, Path("scenarios/b/../a.yaml"), Path("link.yaml"))} == {
        identity(here)
    }
    assert identity(Path("scenarios/b/two.yaml")) != identity(here)


def test_a_path_that_can_not_be_looked_at(folder: Path) -> None:
    with pytest.raises(SimulatorError, match=r"x: this can't be looked at: File name too long$"):
        load([Path("x" * 300)])


@pytest.mark.parametrize("value", ["9" * 5000, "0x" + "f" * 5000, "1e999"])
def test_a_number_on_the_command_line_that_is_too_large(folder: Path, value: str) -> None:
    with pytest.raises(SimulatorError, match=r": a number here is 18446744073709551615 at most$"):
        load([Path("scenarios/a.yaml")], parameters={"n": value})
