"""What a topology refuses; what it takes is in test_schema and test_building."""

from pathlib import Path

import pytest

from simulator.scenario import ScenarioFileError
from simulator.scenario.loading.loader import read


def complaint(provider: str) -> str:
    with pytest.raises(ScenarioFileError) as raised:
        read(f"name: x\ntopology: {{providers: {{a.example: {{{provider}}}}}}}\nsteps: []\n", "x.yaml")
    return str(raised.value).partition("\n")[0]


@pytest.mark.parametrize(
    ("provider", "said"),
    [
        ("rate_limits: {provder: {requests: 5, per: 10s}}", 'unknown rate key "provder" (did you mean "provider"?)'),
        ("rate_limits: {group: {requests: 0, per: 10s}}", "expected a number >= 1"),
        ("rate_limits: {group: {requests: 1, per: 0}}", '"per" must be longer than nothing'),
        ("rate_limits: {group: {requests: 1}}", 'rate limit needs "per"'),
        ("store: disk", 'unknown store kind "disk"; known: memory, file'),
        ("port: 70000", "expected a number <= 65535"),
        ("external: {address: x, port: 1, ca: nowhere.pem}", "there is no file nowhere.pem"),
        *(
            (
                f'external: {{address: "{address}", port: 1, ca: x.pem}}',
                "letters other than ASCII are written as xn--...",
            )
            for address in ("\xfc.example", "a..b", "a b", "x" * 64)
        ),
        (
            "draft: mimi-transport-00",
            'a federation speaks one draft, which is said once, as the "draft" of the topology',
        ),
        (
            "external: {address: x, port: 1, ca: pyproject.toml, groups: [{uri: lobby}]}",
            "'lobby' is no group URI (mimi://<provider>/g/<name>)",
        ),
        ("external: {port: 1}", 'external needs "address" and "ca"'),
        ("users: {all: [phone]}", '"all" can\'t be a name: it means everybody'),
        ("users: {Alice: [phone]}", '"Alice" can\'t be a name: lower case letters, digits, - and _ only'),
    ],
)
def test_what_is_wrong_is_said(provider: str, said: str) -> None:
    assert complaint(provider).endswith(said)


def test_an_option_by_its_former_name() -> None:
    with pytest.raises(ScenarioFileError, match=r'x\.yaml:2:12: topology has no field "profile": this is "draft" now'):
        read("name: x\ntopology: {profile: x, providers: {a.example: {}}}\nsteps: []\n", "x.yaml")


def test_one_port_is_one_provider_s() -> None:
    with pytest.raises(ScenarioFileError, match=r'x\.yaml:5:23: at port 7001 "a\.example" serves already'):
        read(
            "name: x\ntopology:\n  providers:\n    a.example: {port: 7001}\n    b.example: {port: 7001}\nsteps: []\n",
            "x.yaml",
        )


def test_paths_begin_where_the_file_is(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("")
    external = "external: {address: x, port: 1, ca: ca.pem}"
    text = f"name: x\ntopology: {{authority: ca, providers: {{a.example: {{{external}}}}}}}\nsteps: []\n"
    topology = read(text, str(tmp_path / "x.yaml")).topology
    assert topology.authority is not None
    assert topology.authority.path == tmp_path / "ca"
    provider = topology.providers["a.example"]
    assert provider.external is not None
    assert provider.external.ca.path == tmp_path / "ca.pem"


def test_a_name_too_long_for_the_usual_ds_host_needs_another() -> None:
    name = ".".join(["x" * 49] * 5) + ".y"

    def topology(provider: str) -> str:
        return f"name: x\ntopology:\n  providers:\n    {name}: {provider}\nsteps: []\n"

    with pytest.raises(ScenarioFileError, match=r"x\.yaml:4:5: ds\.x+\.\.\. is too long .*: 254 bytes"):
        read(topology("{}"), "x.yaml")
    read(topology("{ds_host: ds.x.example}"), "x.yaml")


def test_providers_may_share_a_ds_host() -> None:
    shared = "{ds_host: ds.shared.example}"
    content = read(f"name: x\ntopology: {{providers: {{a.example: {shared}, b.example: {shared}}}}}\nsteps: []\n", "x")
    assert [provider.ds_host for provider in content.topology.providers.values()] == ["ds.shared.example"] * 2


@pytest.mark.parametrize(
    ("issuer", "said"),
    [
        ("b.exampel", 'the "issuer" b.exampel is no provider (did you mean "b.example"?)'),
        ("b.example", 'the "issuer" b.example issues no tokens: it needs "issues"'),
        ("c.example", 'the "issuer" c.example issues no tokens: it needs "issues"'),
    ],
)
def test_an_issuer_issues(issuer: str, said: str) -> None:
    with pytest.raises(ScenarioFileError) as raised:
        read(with_issuer(issuer), "x.yaml")
    assert str(raised.value).partition("\n")[0] == f"x.yaml:4:31: {said}"


def test_an_issuer_that_does() -> None:
    assert read(with_issuer("d.example"), "x.yaml").topology.providers["a.example"].privacy_pass.issuer == "d.example"


def with_issuer(issuer: str) -> str:
    return f"""name: x
topology:
  providers:
    a.example: {{privacy_pass: {{protects: [key_packages], issuer: {issuer}}}}}
    b.example: {{privacy_pass: {{}}}}
    c.example: {{}}
    d.example: {{privacy_pass: {{issues: {{per: user, tokens: 1, period: 1h}}}}}}
steps: []
"""
