"""TAP 14, read by a strict reader of its own."""

import re

from simulator.cli.output.tap import to_tap
from tests.cli.results import ALL, OVER_A_RULE

POINT = re.compile(r"(?P<ok>ok|not ok) (?P<number>\d+) - (?P<name>(?:[^#\\]|\\[#\\])+?)(?: # (?P<directive>SKIP .+))?")


def points(text: str) -> list[tuple[str, str, str | None]]:
    """What each test point says. Asserts the grammar: version, plan, points numbered in order, closed YAML blocks."""
    version, plan, *lines = text.splitlines()
    assert version == "TAP version 14"
    found: list[tuple[str, str, str | None]] = []
    inside = False
    for line in lines:
        if line.startswith("  "):
            assert line == "  ---" if not inside else line != "  ---"
            inside = line != "  ..."
            continue
        assert not inside
        match = POINT.fullmatch(line)
        assert match, line
        assert int(match["number"]) == len(found) + 1
        found.append((match["ok"], match["name"], match["directive"]))
    assert plan == f"1..{len(found)}"
    assert not inside
    return found


def test_each_result_is_a_point() -> None:
    assert points(to_tap(ALL)) == [
        ("ok", "good/one (seed 7)", None),
        ("not ok", "bad (seed 7)", None),
        ("not ok", "broken (seed 7)", None),
        ("ok", "later (seed 7)", "SKIP skipped: no \\#1 time"),
        ("ok", "theirs (seed 7)", "SKIP unsupported: not ours"),
    ]


def test_a_failure_brings_its_report() -> None:
    text = to_tap(ALL)
    assert '    - "expected one"' in text
    assert '    - "again: mimi-sim run bad.yaml --seed 7"' in text
    assert "  severity: error" in text


def test_a_failure_names_its_requirements_and_the_end_what_failures_have_in_common() -> None:
    text = to_tap((*ALL, *OVER_A_RULE))
    assert points(text.partition("# T-")[0])[-1] == ("not ok", "bad/three (seed 7)", None)
    assert '  requirements: ["T-SECURITY-RECIPIENT/TENANT"]' in text
    assert text.splitlines()[-2:] == ["# T-SECURITY-RECIPIENT: 2 of 3 failed", "# P-5-OWNER: 1 of 3 failed"]


def test_no_results() -> None:
    assert points(to_tap(())) == []
