"""A provider in another process takes a place in the scenarios: an honest one passes, a faulty one is caught."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from simulator.drafts import DRAFTS
from simulator.net import kept_authority, reserved_port
from tests.cli.process import Ended, as_process
from tests.served import served

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
OUTSIDE = [f"external/{file.stem}" for file in sorted((SCENARIOS / "external").iterdir())]
FORWARDED = "malicious/forwarded-deliver-message"
REQUIREMENTS = {each.id: each for each in DRAFTS[0].requirements}
USERS = {"a": "", "b": "bob: [phone, laptop]", "c": "carol: [phone]", "m": ""}
THEIRS = "bc"
"""The providers of the other process: both are external."""


@contextmanager
def external_providers(folder: Path, fault: str = "honest") -> Iterator[Path]:
    """The external providers serve; the overlay that puts them in their places."""
    ours, theirs = folder / "ours", folder / "theirs"
    for place in (ours, theirs):
        kept_authority(place / "ca")
    with ExitStack() as reserved:
        sockets = {name: reserved.enter_context(reserved_port()) for name in USERS}
        ports = {name: socket.getsockname()[1] for name, socket in sockets.items()}
    topology, over = (
        ["topology:", "  authority: ca", "  key_packages: 20", "  providers:"],
        ["authority: ca", "providers:"],
    )
    for name, port in ports.items():
        external = f"external: {{address: 127.0.0.1, port: {port}, ca: ../%s/ca/ca.pem%s}}"
        own, other = f"port: {port}, users: {{{USERS[name]}}}", external % ("ours", "")
        topology.append(f"    {name}.example: {{{own if name in THEIRS else other}}}")
        there = external % ("theirs", ", accepts: true")
        over.append(f"  {name}.example: {{{there if name in THEIRS else f'port: {port}'}}}")
    (ours / "over.yaml").write_text("\n".join(over) + "\n")
    program = [sys.executable, "-m", "tests.interop.external_provider", fault]
    with served(theirs, "--accept", topology="\n".join(topology) + "\n", program=program):
        yield ours / "over.yaml"


def run(over: Path, *files: str, options: tuple[str, ...] = ()) -> Ended:
    paths = [str(SCENARIOS / f"{file}.yaml") for file in files]
    return as_process("run", *paths, "--over", str(over), *options, cwd=over.parent)


def test_an_honest_external_provider_passes_what_needs_nothing_of_its_insides(tmp_path: Path) -> None:
    with external_providers(tmp_path) as over:
        ended = run(over, *OUTSIDE, FORWARDED, options=("--json", "results.json"))
    assert (ended.code, ended.err) == (0, "")
    *passed, partly = json.loads((over.parent / "results.json").read_text())["scenarios"]
    assert [result["result"] for result in passed] == ["passed"] * len(OUTSIDE)
    assert partly["result"] == "unsupported"
    found = {(step["name"], step["result"]) for step in partly["steps"]}
    assert found >= {("connect", "passed"), ("add_users", "passed"), ("capture stolen", "passed")}
    assert "failed" not in {result for _, result in found}
    (forward,) = [step for step in partly["steps"] if step["name"] == "forward"]
    refused, state, *_ = forward["message"].split("; ")
    assert refused.startswith("refused as expected: 403 wrong_recipient: ")
    assert state == "c.example is an external provider: its state can't be had from outside"


@pytest.mark.parametrize(
    ("fault", "file", "requirement", "expected", "happened"),
    [
        ("no recipient check", FORWARDED, "T-SECURITY-RECIPIENT", "error wrong_recipient, http 403", "it succeeded"),
        (
            "no signature check",
            "external/forged",
            "T-SECURITY-NAMES",
            "error invalid_signature, http 401",
            "it succeeded",
        ),
        ("old TLS", "malicious/old-tls", "T-TRANSPORT-TLS13", "tls version", "it succeeded"),
        ("redirects", "external/discovery-and-key", "T-DISCOVERY-WELL-KNOWN", "http 200", "HTTP 302"),
    ],
)
def test_a_faulty_external_provider_is_caught(
    tmp_path: Path, fault: str, file: str, requirement: str, expected: str, happened: str
) -> None:
    with external_providers(tmp_path, fault) as over:
        ended = run(over, file)
    assert (ended.code, ended.err) == (1, "")
    said = [line.strip() for line in ended.out.splitlines()]
    assert said[0].startswith("FAILED ")
    assert f"expected {expected}" in said
    assert f"happened {happened}" in said
    rule = REQUIREMENTS[requirement]
    assert f"requirement {rule.id}: {rule.text} ({rule.source}, {rule.section})" in said
    assert any(line.startswith("again: mimi-sim run ") and line.endswith(f"--over {over}") for line in said)
