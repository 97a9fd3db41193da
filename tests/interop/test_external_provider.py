"""A provider in another process takes a place in the scenarios: an honest one passes, a faulty one is caught."""

import json
from pathlib import Path

import pytest

from simulator.drafts import DRAFTS
from simulator.scenario.demands import known
from tests.interop.overlay import SCENARIOS, external_providers, run

OUTSIDE = [f"external/{file.stem}" for file in sorted((SCENARIOS / "external").iterdir())]
FORWARDED = "malicious/forwarded-deliver-message"
REQUIREMENTS = known(DRAFTS[:1])


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
        (
            "no recipient check",
            FORWARDED,
            "T-SECURITY-RECIPIENT/OWN-NAME",
            "error wrong_recipient, http 403",
            "it succeeded",
        ),
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
