"""The files that a scenario refers to are found wherever it names them."""

from pathlib import Path

from simulator.scenario.named_files import named_files
from tests.scenario.small_scenarios import TEAM, TOPOLOGY, scenario


def test_each_is_found(tmp_path: Path) -> None:
    for name in ("theirs.pem", "ours.pem"):
        (tmp_path / name).touch()
    files = f"ca: {tmp_path}/theirs.pem, client_certificate: {tmp_path}/ours.pem"
    head = TOPOLOGY.replace("topology:\n", f"topology:\n  authority: {tmp_path}/made\n")
    head = head.replace("c.example: {", f"c.example: {{external: {{address: 127.0.0.1, port: 9, {files}}}, ")
    found = named_files(scenario("  []\n", head))
    assert {each.name for each in found} == {"theirs.pem", "ours.pem", "made"}


def test_a_scenario_without_any() -> None:
    assert list(named_files(scenario(TEAM))) == []
