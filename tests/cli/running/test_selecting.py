"""Which scenarios are meant."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from simulator.cli.app import app
from simulator.cli.running.selecting import check_ports, chosen, find, find_in_each, select, without
from simulator.errors import SimulatorError
from simulator.scenario import Scenario
from tests.scenario.small_scenarios import TOPOLOGY, scenario

EMPTY = scenario("  []\n")


def tagged(name: str, *tags: str) -> Scenario:
    return replace(EMPTY, id=name, content=msgspec.structs.replace(EMPTY.content, tags=tags))


ALL = (
    tagged("joins/resync", "slow"),
    tagged("malicious/replay", "malicious", "slow"),
    tagged("malicious/spoof", "malicious"),
)


@pytest.mark.parametrize(
    ("tags", "expression", "ids"),
    [
        ((), None, ["joins/resync", "malicious/replay", "malicious/spoof"]),
        (("malicious",), None, ["malicious/replay", "malicious/spoof"]),
        (("malicious", "!slow"), None, ["malicious/spoof"]),
        (("!slow",), None, ["malicious/spoof"]),
        ((), "REPLAY", ["malicious/replay"]),
        ((), "joins or spoof", ["joins/resync", "malicious/spoof"]),
        ((), "slow and not joins", ["malicious/replay"]),
        ((), "not (joins or spoof)", ["malicious/replay"]),
        (("slow",), "joins", ["joins/resync"]),
    ],
)
def test_by_tag_and_expression(tags: tuple[str, ...], expression: str | None, ids: list[str]) -> None:
    assert [found.id for found in select(ALL, tags, expression)] == ids


def test_nothing_left() -> None:
    with pytest.raises(SimulatorError) as caught:
        select(ALL, ("malicous",))
    assert str(caught.value) == 'none of 3 scenarios selected (did you mean "malicious"?); tags: malicious, slow'


def test_a_path_that_is_not_there() -> None:
    with pytest.raises(SimulatorError, match=r"nowhere.yaml: there is no such file or folder"):
        find(["nowhere.yaml[suite=1]"])


def test_with_somebody_else_s_provider_only_what_it_takes_part_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ca.pem").write_text("")
    for name, last in (("one", "c"), ("two", "d")):
        head = TOPOLOGY.replace("c.example", f"{last}.example")
        Path(f"{name}.yaml").write_text(f"{head}  - create_group: alice\n")
    external = "{external: {address: x, port: 1, ca: ca.pem}}"
    for over, found in (
        (f"c.example: {external}, a.example: {{port: 7001}}", ["one"]),
        (f"c.example: {external}, d.example: {external}", ["one", "two"]),
        ("c.example: {port: 7003}, a.example: {port: 7001}", ["one", "two"]),
    ):
        Path("over.yaml").write_text(f"providers: {{{over}}}\n")
        selected = chosen(["one.yaml", "two.yaml"], None, None, None, {}, Path("over.yaml"))
        assert [scenario.id for scenario in selected] == found
    Path("over.yaml").write_text(f"providers: {{a.example: {{port: 7001}}, c.example: {external}}}\n")
    with pytest.raises(SimulatorError, match=r"over\.yaml: c\.example takes part in none of 1 scenarios selected"):
        chosen(["two.yaml"], None, None, None, {}, Path("over.yaml"))


def test_steps_are_left_out_by_their_tags() -> None:
    tagged = scenario("""
  - create_group: alice
    as: team
    tags: slow
  - together:
      - send: {by: bob, group: team}
        tags: odd
      - send: {by: alice, group: team}
""")
    (left,) = without((tagged,), ["slow", "odd"])
    assert [step.skip for step in left.steps] == ["steps with the tag slow are left out", None]
    assert [step.skip for step in left.steps[1].inner] == ["steps with the tag odd are left out", None]
    with pytest.raises(SimulatorError, match=r'^no step here has the tag "slo" \(did you mean "slow"\?\)$'):
        without((tagged,), ["slo"])
    with pytest.raises(SimulatorError, match=r"known: odd, slow$"):
        without((tagged,), ["never"])


def test_scenarios_that_share_a_port_do_not_run_side_by_side() -> None:
    at = [scenario("  []\n", TOPOLOGY.replace("b.example: {", f"b.example: {{port: {port}, ")) for port in (7001, 7002)]
    check_ports([*at, EMPTY, EMPTY])
    with pytest.raises(
        SimulatorError, match=r"b\.example serves at port 7001 in test and other: run one after the other"
    ):
        check_ports([*at, replace(at[0], id="other")])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("some").mkdir()
    head = TOPOLOGY.replace("topology:", "matrix: {key_packages: [1, 2, 3]}\ntopology:")
    Path("some/m.yaml").write_text(head + "  []\n")
    Path("some/n.yml").write_text(TOPOLOGY + "  []\n")
    Path("link").symlink_to("some/m.yaml")
    return tmp_path


M1, M2, M3, N = "some/m[key_packages=1]", "some/m[key_packages=2]", "some/m[key_packages=3]", "some/n"


@pytest.mark.parametrize(
    ("paths", "ids"),
    [
        (["some", "some/m.yaml[key_packages=3]"], [M1, M2, M3, N]),
        (["some/m[key_packages=3]", "some"], [M1, M2, M3, N]),
        (["some/m.yaml[key_packages=3]", "{here}/some/m.yaml"], [M1, M2, M3]),
        (["some/m.yaml[key_packages=3]", "{here}/some/m.yaml[key_packages=1]"], [M1, M3]),
        (["some/m[key_packages=3]", "some/../some/m.yaml[key_packages=3]"], [M3]),
        (["some/n", "some/m[key_packages=2]", "link[key_packages=1]"], [N, M1, M2]),
        (["link", "some/m[key_packages=2]"], ["link[key_packages=1]", "link[key_packages=2]", "link[key_packages=3]"]),
        (["some/n", "{here}/some/n.yml", "some"], [N, M1, M2, M3]),
    ],
)
def test_several_paths_are_all_that_any_of_them_means_each_once(folder: Path, paths: list[str], ids: list[str]) -> None:
    assert [scenario.id for scenario in find([path.format(here=folder) for path in paths])] == ids
    for command in ("list", "check", "coverage", "run"):
        done = CliRunner().invoke(app, [command, *(path.format(here=folder) for path in paths)])
        assert (command, done.exit_code) == (command, 1 if command == "coverage" else 0)
        if command in ("check", "run"):
            assert f"{len(ids)} scenarios: " in done.output or len(ids) == 1


@pytest.mark.parametrize("command", ["list", "check", "coverage", "run", "show"])
def test_an_empty_path_is_none(folder: Path, command: str) -> None:
    done = CliRunner().invoke(app, [command, ""])
    assert (done.exit_code, done.output) == (2, '"" is no path: write . for the working folder\n')


def test_brackets_may_be_in_folders_files_and_values(folder: Path) -> None:
    Path("a[b]").mkdir()
    head = TOPOLOGY.replace("topology:", "parameters: {x: y}\nmatrix: {x: ['[1]', '2']}\ntopology:")
    Path("a[b]/c[d].yaml").write_text(head + "  []\n")
    for path in ("a[b]/c[d][x=[1]]", "a[b]/c[d].yaml[x=[1]]"):
        assert [scenario.id for scenario in find([path])] == ["a[b]/c[d][x=[1]]"]
    with pytest.raises(SimulatorError, match=r"^a\[b\]/c\[d\]\.yaml has no \[x=3\]"):
        find(["a[b]/c[d][x=3]"])


def test_the_scenarios_of_several_drafts_are_found_for_each(folder: Path) -> None:
    Path("all.yaml").write_text(TOPOLOGY + "  []\n")
    Path("one.yaml").write_text(TOPOLOGY.replace("topology:", "drafts: [mimi-protocol-06]\ntopology:") + "  []\n")
    both = find_in_each(["all.yaml", "one.yaml"], ["mimi-protocol-06", "mimi-transport-01"])
    assert {name: [each.id for each in found] for name, found in both.items()} == {
        "mimi-protocol-06": ["all", "one"],
        "mimi-transport-01": ["all"],
    }
    assert list(find_in_each(["one.yaml"], None)) == ["mimi-protocol-06"]
    with pytest.raises(SimulatorError, match="nothing here is for mimi-transport-00"):
        find_in_each(["one.yaml"], ["mimi-transport-00"])
