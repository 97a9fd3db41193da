"""A file's topology becomes a federation's."""

from pathlib import Path

import pytest

from simulator.federation import External, Unsupported
from simulator.scenario.running.building import check_external, check_reachable, federation, needs_folder
from simulator.scenario.topology import Topology
from simulator.services.limits.rate_limit import Limit
from tests.scenario.small_scenarios import TOPOLOGY, scenario


def topology(said: str = "", provider: str = "") -> Topology:
    head = TOPOLOGY.replace("topology:\n", f"topology:\n{said}").replace("b.example: {", f"b.example: {{{provider}")
    return scenario("  []\n", head).topology


def test_the_federation_is_the_file_s() -> None:
    made = federation(topology("  suite: 3\n  mutual_tls: true\n  authority: /tmp/ca\n"))
    assert [provider.name for provider in made.providers] == ["a.example", "b.example", "c.example"]
    assert made.providers[0].users == {"alice": ("phone",)}
    assert (made.suite, made.mutual_tls, made.key_packages, made.http2) == (3, True, 3, False)
    assert made.authority == Path("/tmp/ca")


def test_how_a_provider_serves() -> None:
    limits = "rate_limits: {provider: {requests: 5, per: 10s}, client: {requests: 60, per: 1m}}, port: 7001, "
    made = federation(topology(provider=limits)).providers[1]
    assert made.rate_limits == {"provider": Limit(5, 0.5), "client": Limit(60, 1)}
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


@pytest.mark.parametrize(
    "setting", ["max_body: 10", "handshake_timeout: 1s", "rate_limits: {group: {requests: 1, per: 1s}}"]
)
def test_nobody_sets_limits_from_outside(tmp_path: Path, setting: str) -> None:
    (tmp_path / "ca.pem").write_text("")
    said = f"external: {{address: chat.example, port: 443, ca: {tmp_path}/ca.pem}}, {setting}, "
    with pytest.raises(Unsupported, match=setting.partition(":")[0]):
        federation(topology(provider=said))


@pytest.mark.parametrize(("suite", "there", "fits"), [(1, "", True), (3, ", suite: 3", True), (3, "", False)])
def test_nobody_gives_an_external_provider_s_users_other_key_packages(
    tmp_path: Path, suite: int, there: str, fits: bool
) -> None:
    (tmp_path / "ca.pem").write_text("")
    said = f"external: {{address: chat.example, port: 443, ca: {tmp_path}/ca.pem{there}}}, "
    wanted = topology(f"  suite: {suite}\n", said)
    assert federation(wanted).suite == suite
    if fits:
        check_external(wanted)
    else:
        with pytest.raises(Unsupported, match=r"b\.example is an external provider: its users have KeyPackages of"):
            check_external(wanted)


def with_external(folder: Path, **more: str) -> Topology:
    """c.example is external, the others have ports and what more is said of them."""
    (folder / "ca.pem").write_text("")
    said = {"a": "port: 7001, ", "b": "port: 7002, ", "c": f"external: {{address: x, port: 1, ca: {folder}/ca.pem}}, "}
    head = TOPOLOGY
    for name, fields in {**said, **more}.items():
        head = head.replace(f"{name}.example: {{", f"{name}.example: {{{fields}")
    return scenario("  []\n", head).topology


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"b": ""}, r"it can't find b\.example, which has no port of its own"),
        (
            {"a": "port: 7001, ds_host: ds.hosting.example, "},
            r"it would look for a\.example at ds\.hosting\.example in other scenarios too",
        ),
    ],
)
def test_an_external_provider_has_to_find_ours_where_it_will_look_for_them(
    tmp_path: Path, more: dict[str, str], why: str
) -> None:
    check_reachable(with_external(tmp_path))
    with pytest.raises(Unsupported, match=rf"c\.example is an external provider: {why}"):
        check_reachable(with_external(tmp_path, **more))
    check_reachable(with_external(tmp_path, c="", **more))


def test_an_external_provider_s_own_host_may_have_any_name(tmp_path: Path) -> None:
    external = f"external: {{address: x, port: 1, ca: {tmp_path}/ca.pem}}, ds_host: any.example, "
    check_reachable(with_external(tmp_path, c=external))


@pytest.mark.parametrize(
    ("ours", "there", "why"),
    [
        ("mutual_tls: true", "", "it does without certificates of TLS clients"),
        ("mutual_tls: true", ", mutual_tls: true", None),
        ("mutual_tls: false", ", mutual_tls: true", "it wants certificates of TLS clients"),
        ("last_resort: false", "", "its users' KeyPackages may never run out"),
    ],
)
def test_what_only_who_runs_an_external_provider_can_make_it(
    tmp_path: Path, ours: str, there: str, why: str | None
) -> None:
    (tmp_path / "ca.pem").write_text("")
    wanted = topology(f"  {ours}\n", f"external: {{address: x, port: 1, ca: {tmp_path}/ca.pem{there}}}, ")
    assert federation(wanted).providers[1].external
    if why is None:
        check_external(wanted)
    else:
        with pytest.raises(Unsupported, match=f"b.example is an external provider: {why}"):
            check_external(wanted)


def test_what_the_draft_settles_is_nobody_s_choice(tmp_path: Path) -> None:
    """Mutual TLS always, and no KeyPackages of last resort: nobody has to say so."""
    (tmp_path / "ca.pem").write_text("")
    wanted = topology("  draft: mimi-protocol-06\n", f"external: {{address: x, port: 1, ca: {tmp_path}/ca.pem}}, ")
    assert (wanted.mutual_tls, wanted.last_resort) == (True, False)
    check_external(wanted)
