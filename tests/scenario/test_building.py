"""A file's topology becomes a federation's."""

from pathlib import Path

import pytest

from simulator.federation import External, Unsupported
from simulator.scenario.building import federation, needs_folder
from simulator.scenario.topology import Topology
from simulator.services.rate_limit import Limit
from tests.scenario.stage import TOPOLOGY, scenario


def topology(said: str = "", provider: str = "") -> Topology:
    head = TOPOLOGY.replace("topology:\n", f"topology:\n{said}").replace("b.example: {", f"b.example: {{{provider}")
    return scenario("  []\n", head).topology


def test_the_federation_is_the_file_s() -> None:
    made = federation(topology("  suite: 3\n  mutual_tls: true\n  authority: /tmp/ca\n"))
    assert [provider.name for provider in made.providers] == ["a.example", "b.example", "c.example"]
    assert made.providers[0].users == {"alice": ("phone", "laptop")}
    assert (made.suite, made.mutual_tls, made.key_packages, made.http2) == (3, True, 3, False)
    assert made.authority == Path("/tmp/ca")


def test_how_a_provider_serves() -> None:
    limits = "rate_limits: {provider: {requests: 5, per: 10s}, address: {requests: 60, per: 1m}}, port: 7001, "
    made = federation(topology(provider=limits)).providers[1]
    assert made.rate_limits == {"provider": Limit(5, 0.5), "address": Limit(60, 1)}
    assert (made.port, made.database, made.external) == (7001, None, None)


def test_a_store_in_a_file_is_in_the_folder(tmp_path: Path) -> None:
    wanted = topology(provider="store: file, ")
    assert needs_folder(wanted)
    assert not needs_folder(topology())
    made = federation(wanted, tmp_path)
    assert [provider.database for provider in made.providers] == [None, str(tmp_path / "b.example.sqlite"), None]


def test_where_an_external_provider_is(tmp_path: Path) -> None:
    for name in ("ca.pem", "own.pem"):
        (tmp_path / name).write_text("")
    said = f"external: {{address: chat.example, port: 443, ca: {tmp_path}/ca.pem"
    bare, full = (
        federation(topology(provider=f"{said}{more}}}, ")).providers[1].external
        for more in ("", f", client_certificate: {tmp_path}/own.pem")
    )
    assert bare == External("chat.example", 443, tmp_path / "ca.pem")
    assert full == External("chat.example", 443, tmp_path / "ca.pem", tmp_path / "own.pem")


@pytest.mark.parametrize("setting", ["max_body: 10", "rate_limits: {group: {requests: 1, per: 1s}}"])
def test_nobody_sets_limits_from_outside(tmp_path: Path, setting: str) -> None:
    (tmp_path / "ca.pem").write_text("")
    said = f"external: {{address: chat.example, port: 443, ca: {tmp_path}/ca.pem}}, {setting}, "
    with pytest.raises(Unsupported, match=setting.partition(":")[0]):
        federation(topology(provider=said))
