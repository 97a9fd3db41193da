"""Which scenarios are meant."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from simulator.cli.selecting import check_ports, chosen, find, parse, select, with_profile, without
from simulator.errors import SimulatorError
from simulator.scenario import Scenario
from tests.scenario.stage import TOPOLOGY, scenario

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


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("", "a word is missing"),
        ("a and", "a word is missing"),
        ("or b", "a word is missing"),
        ("(a", 'a ")" is missing'),
        ("a b", 'nothing can follow before "b": and, or is missing'),
        ("a )", 'nothing can follow before ")": and, or is missing'),
    ],
)
def test_what_is_no_expression(expression: str, why: str) -> None:
    with pytest.raises(SimulatorError) as caught:
        parse(expression)
    assert str(caught.value) == f'-k "{expression}": {why}'


def test_nothing_left() -> None:
    with pytest.raises(SimulatorError) as caught:
        select(ALL, ("malicous",))
    assert str(caught.value) == 'none of 3 scenarios selected (did you mean "malicious"?); tags: malicious, slow'


def test_another_profile() -> None:
    (same,) = with_profile([EMPTY], "mimi-transport-00")
    assert same == EMPTY
    with pytest.raises(
        SimulatorError, match=r'unknown profile "mimi-transport-0" \(did you mean "mimi-transport-00"\?\)'
    ):
        with_profile([EMPTY], "mimi-transport-0")


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
