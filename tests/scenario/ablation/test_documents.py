"""What was found out, for programs and as Markdown."""

import json

from simulator.scenario.ablation.documents import to_json, to_markdown, without
from tests.scenario.ablation.found import ESSENTIAL, HOLE, NOTICED, REDUNDANT, TABLE


def test_as_json() -> None:
    read = json.loads(to_json(TABLE))
    assert [each["draft"] for each in read["drafts"]] == ["a-draft", "another-draft"]
    assert read["drafts"][0] == {
        "draft": "a-draft",
        "rules": 7,
        "scenarios": 2,
        "noticed": 1,
        "redundant": 2,
        "explained": 1,
        "essential": 1,
        "hole": 2,
    }
    rows = {each["id"]: each for each in read["rules"] if each["draft"] == "a-draft"}
    assert {"id", "section", "text", "noticed_by", "reason"} <= rows["NOTICED"].keys()
    assert (rows["NOTICED"]["noticed_by"], rows["NOTICED"]["reason"]) == (["s/one", "s/two"], None)
    assert (rows["BOTH/A"]["redundant_with"], rows["BOTH/A"]["noticed_by"]) == (["BOTH/B", "C"], [])
    assert [name for name, each in rows.items() if not each["noticed_by"] and each["reason"] is None] == [
        "HOLE",
        "UNSEEN",
    ]


def test_as_markdown() -> None:
    lines = to_markdown(TABLE).splitlines()
    assert lines[0] == "# What does this MUST stop?"
    assert lines.count("| rule | demands | without it | a-draft | another-draft |") == 2
    rows = {line.split(" | ")[0]: line for line in lines if line.startswith("| ")}
    assert rows["| NOTICED"] == (
        "| NOTICED | It demands NOTICED. | s/one.yaml:12 send m1: expected success, but it \\| \\<b\\> "
        "| noticed by s/one |  |"
    )
    assert rows["| HOLE"].endswith(
        "|  | HOLE: no scenario notices: 1 breaks it and passes without it, where C refuses then "
        "| explained: nobody can break it there |"
    )
    assert rows["| DECODES"].endswith("| can't be switched off: there is nothing to go on with | essential |  |")
    assert list(rows)[1] == "| OWN"


def test_without_a_rule_something_is_noticed_or_said() -> None:
    assert without(NOTICED) == NOTICED.notices[0].words
    assert without(REDUNDANT) == REDUNDANT.reason
    assert without(ESSENTIAL) == f"{ESSENTIAL.reason} (1 scenario breaks it)"
    assert without(HOLE) == f"HOLE: {HOLE.hole}"
