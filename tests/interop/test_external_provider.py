"""A provider in another process takes a place in the scenarios: an honest one passes, a faulty one is caught."""

import json
from pathlib import Path

import pytest

from simulator.drafts import DRAFTS
from simulator.scenario.demands import known
from tests.interop.overlay import ROOMS, SCENARIOS, external_providers, run

IN_ROOMS = ["external/follower", "external/hub"]
"""Those of the draft that has rooms."""
OUTSIDE = [f"external/{file.stem}" for file in sorted((SCENARIOS / "external").iterdir())]
FORWARDED = "malicious/forwarded-deliver-message"
REQUIREMENTS = known(DRAFTS[:1])


def test_an_honest_external_provider_passes_what_needs_nothing_of_its_insides(tmp_path: Path) -> None:
    files = [file for file in OUTSIDE if file not in IN_ROOMS]
    with external_providers(tmp_path) as over:
        ended = run(over, *files, FORWARDED, options=("--json", "results.json"))
    assert (ended.code, ended.err) == (0, "")
    *passed, partly = json.loads((over.parent / "results.json").read_text())["scenarios"]
    assert [result["result"] for result in passed] == ["passed"] * len(files)
    assert partly["result"] == "unsupported"
    found = {(step["name"], step["result"]) for step in partly["steps"]}
    assert found >= {("connect", "passed"), ("add_users", "passed"), ("capture stolen", "passed")}
    assert "failed" not in {result for _, result in found}
    (forward,) = [step for step in partly["steps"] if step["name"] == "forward"]
    refused, state, *_ = forward["message"].split("; ")
    assert refused.startswith("refused as expected: 403 wrong_recipient: ")
    assert state == "c.example is an external provider: its state can't be had from outside"


def test_an_honest_one_passes_as_follower_and_as_hub_of_rooms_each_time(tmp_path: Path) -> None:
    """It remembers who let in whom, and who is in its room."""
    with external_providers(tmp_path, draft=ROOMS, theirs="b") as over:
        first = run(over, *OUTSIDE, options=("--draft", ROOMS))
        again = run(over, *IN_ROOMS, options=("--draft", ROOMS))
    assert first.out.count("passed  ") == len(OUTSIDE), first.out
    assert again.out.count("passed  ") == len(IN_ROOMS), again.out


def test_a_hub_whose_franks_prove_nothing_is_caught(tmp_path: Path) -> None:
    with external_providers(tmp_path, "wrong Frank", draft=ROOMS, theirs="b") as over:
        ended = run(over, "external/hub", options=("--draft", ROOMS))
    said = [line.strip() for line in ended.out.splitlines()]
    assert said[0].startswith("FAILED ")
    assert any(line.startswith("requirement P6-7-FRANKED: ") for line in said)


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
